/**
 * Frames of a journal as what is drawn.
 *
 * @typedef {import("../pieces/cells.js").Image} Image
 * @typedef {{n: number, labels: Uint8Array, order: Uint32Array, jitter: Float32Array, image: Image, originals: Uint8Array<ArrayBuffer>, m: number, values: number[]}} Fixed
 *   labels and jitter in drawing order: the point drawn k-th is point order[k]; jitter stands in for a second axis where there is none
 * @typedef {{xs: Float32Array, ys: Float32Array}} Places in drawing order
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {import("./messages.js").SnapshotHeader & Places & {image: Image, reconstructions: Bytes, samples: Bytes, walks: Bytes, size: number}} Snapshot
 *   size in bytes
 */

import { cloud } from "../plot/cloud.js";

/**
 * @template Header
 * @typedef {import("../wire/messages.js").Frame<Header>} Frame
 */

/** @param {Frame<import("./messages.js").FixedHeader>} frame @returns {Fixed} */
export function parseFixed({ header: { n, m, c, h, w, values }, bytes }) {
  const { labels, order, ys } = cloud(n, { x: new Float32Array(n).fill(3), label: bytes.subarray(0, n) });
  return { n, m, labels, order, jitter: ys, image: { c, h, w }, originals: bytes.slice(n, n + m * c * h * w), values };
}

/**
 * @param {Frame<import("./messages.js").SnapshotHeader>} frame @param {Fixed} fixed
 * @param {boolean} flat one latent unit: no second axis
 * @returns {Snapshot}
 * @throws {RangeError} when the body is not as long as its header says, or tells of other points
 */
export function parseSnapshot({ header, bytes }, { n, order, jitter }, flat) {
  const { m, k, units, values, c, h, w } = header;
  const one = c * h * w;
  const sizes = [8 * n, m * one, k * one, units * values * one];
  if (header.n !== n || bytes.length !== sizes.reduce((sum, size) => sum + size, 0)) {
    throw new RangeError("A snapshot does not fit the images of its run.");
  }
  const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
  /** @param {number} i */
  const part = (i) => bytes.subarray(ends[i - 1], ends[i]);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, sizes[0]);
  const xs = Float32Array.from(order, (index) => numbers.getFloat32(8 * index, true));
  const ys = flat ? jitter : Float32Array.from(order, (index) => numbers.getFloat32(8 * index + 4, true));
  const pictures = { reconstructions: part(1), samples: part(2), walks: part(3) };
  return { ...header, image: { c, h, w }, xs, ys, ...pictures, size: bytes.length + 8 * n };
}

/**
 * Positions between two snapshots, written into `into`.
 * @param {Places} into @param {Places} a @param {Places} b @param {number} share 0…1
 */
export function mix(into, a, b, share) {
  for (let k = 0; k < into.xs.length; k++) {
    into.xs[k] = a.xs[k] + share * (b.xs[k] - a.xs[k]);
    into.ys[k] = a.ys[k] + share * (b.ys[k] - a.ys[k]);
  }
}

/** @param {Snapshot} a @param {Snapshot} b @param {number} share 0…1 @returns {number[]|null} KL of each unit between two snapshots, nats */
export function mixedKl({ kl: before }, { kl: after }, share) {
  if (!before || !after) return null;
  return before.map((value, unit) => (value ?? 0) + share * ((after[unit] ?? 0) - (value ?? 0)));
}

/**
 * A row of originals with their reconstructions below, as one run of pictures.
 * @param {Uint8Array} originals @param {Uint8Array} reconstructions of the same size
 * @param {number} row @param {number} size bytes of a row @returns {Bytes} 2·size
 */
export function pairRow(originals, reconstructions, row, size) {
  const both = new Uint8Array(2 * size);
  both.set(originals.subarray(row * size, (row + 1) * size));
  both.set(reconstructions.subarray(row * size, (row + 1) * size), size);
  return both;
}

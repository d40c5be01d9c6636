/**
 * The UMAP over time: maps of some of the snapshots, laid out together.
 *
 * @typedef {{n: number, labels: Uint8Array, steps: number[], bounds: import("../plot/view.js").Bounds,
 *   maps: import("./snapshot.js").Places[]}} AlignedMaps n of the run's points, in drawing order; the steps ascending, a map each
 */

import { between, placeOf } from "./timeline.js";
import { mix } from "./snapshot.js";

/**
 * @param {import("../wire/messages.js").Frame<import("./messages.js").AlignedHeader>} frame @param {import("./snapshot.js").Fixed} fixed
 * @returns {AlignedMaps}
 * @throws {RangeError} when the body is not as long as its header says, or tells of other points
 */
export function parseAligned({ header: { n, steps, bounds }, bytes }, { order, labels }) {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  /** @type {Map<number, number>} */
  const rows = new Map();
  if (bytes.length !== 4 * n + 8 * n * steps.length) throw misfit();
  for (let row = 0; row < n; row++) rows.set(data.getUint32(4 * row, true), row);
  const drawn = [...order].flatMap((index) => rows.get(index) ?? []);
  if (drawn.length !== n) throw misfit();
  /** @param {number} map @param {number} axis */
  const column = (map, axis) => Float32Array.from(drawn, (row) => data.getFloat32(4 * n + 8 * (n * map + row) + 4 * axis, true));
  const maps = steps.map((_, map) => ({ xs: column(map, 0), ys: column(map, 1) }));
  return { n, labels: labels.filter((_, k) => rows.has(order[k])), steps, bounds, maps };
}

const misfit = () => new RangeError("The UMAP over time does not fit the images of its run.");

/**
 * Positions at a place among all snapshots, written into `into`: between two maps on straight lines.
 * @param {import("./snapshot.js").Places} into @param {AlignedMaps} aligned
 * @param {number[]} places of the maps among the snapshots, ascending @param {number} place
 */
export function mixAligned(into, { maps }, places, place) {
  const { before, after, share } = between(placeOf(places, place), maps.length);
  mix(into, maps[before], maps[after], share);
}

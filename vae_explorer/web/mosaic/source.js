/** Where the pictures of a mosaic come from: decoded codes, or originals of a data set. */

import { liveChannel, MOST_PICTURES } from "../wire/live.js";
import { loadOriginal } from "../pieces/points.js";

/**
 * @typedef {{header: {n: number, c: number, h: number, w: number}, bytes: Uint8Array}} Pictures
 */

/**
 * @param {Pictures[]} parts of one shape
 * @param {{c: number, h: number, w: number}} image the shape when there are no parts
 * @returns {Pictures} all of them, in order
 */
export function joined(parts, image) {
  const { c, h, w } = parts[0]?.header ?? image;
  const n = parts.reduce((sum, { header }) => sum + header.n, 0);
  const bytes = new Uint8Array(n * c * h * w);
  let at = 0;
  for (const part of parts) {
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  return { header: { n, c, h, w }, bytes };
}

async function decoded({ model, z, y }, image) {
  const parts = [];
  for (let i = 0; i < z.length; i += MOST_PICTURES) {
    const end = i + MOST_PICTURES;
    parts.push(await liveChannel().request({ model, z: z.slice(i, end), y: y?.slice(i, end) }));
  }
  return joined(parts, image);
}

async function originals({ dataset, split, indices, note }, image) {
  if (note) return { error: note };
  const parts = [];
  const first = indices.length ? await loadOriginal(dataset, split, indices[0]) : null;
  if (first?.error) return first;
  if (first) parts.push(first, ...(await Promise.all(indices.slice(1).map((i) => loadOriginal(dataset, split, i)))));
  return parts.find((part) => part.error) ?? joined(parts, image);
}

const SOURCES = { codes: decoded, originals };

/**
 * @param {{kind: "codes", model: string, version: string, z: number[][], y?: number[]|null}
 *   | {kind: "originals", dataset: string, split: string, indices: number[], note?: string}} source a note says why there are none
 * @param {{c: number, h: number, w: number}} image
 * @returns {Promise<Pictures|{error: string}>} an absent data set is one sentence, a failed channel rejects
 */
export const loadPictures = (source, image) => SOURCES[source.kind](source, image);

/** @returns {number} how many pictures the source holds, known before any has come */
export const countOf = (source) => (source.z ?? source.indices).length;

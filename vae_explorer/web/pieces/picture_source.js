/** Where many pictures come from: decoded codes, or originals of a data set. */

import { liveChannel } from "../wire/live.js";
import { loadOriginal } from "./points.js";

/**
 * @typedef {import("./cells.js").Image} Image
 * @typedef {import("../wire/messages.js").Pictures} Pictures
 * @typedef {{kind: "codes", model: string, version: string, z: number[][], y: number[][]|number[]|number|null}} Codes y the class to decode them as, or one or the share of every class for each
 * @typedef {{kind: "originals", dataset: string, split: string, indices: number[], note: string}} Originals a note says why there are none
 * @typedef {Codes|Originals} Source as `ui/components/mosaic.py` hands it over
 */

/**
 * @param {Pictures[]} parts of one shape
 * @param {Image} image the shape when there are no parts
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

/** @param {Omit<Codes, "kind"|"version">} codes @param {Image} image the shape of one picture @returns {Promise<Pictures>} */
export const decoded = async ({ model, z, y }, image) => (z.length ? liveChannel().request({ model, z, y }) : joined([], image));

/** The first is asked for alone: where it is absent, so are all. @param {Originals} source @param {Image} image @returns {Promise<Pictures|{error: string}>} */
async function originals({ dataset, split, indices, note }, image) {
  if (note) return { error: note };
  if (!indices.length) return joined([], image);
  /** @param {number} index */
  const load = (index) => loadOriginal(dataset, split, index);
  const first = await load(indices[0]);
  if ("error" in first) return first;
  /** @type {Pictures[]} */
  const parts = [first];
  for (const part of await Promise.all(indices.slice(1).map(load))) {
    if ("error" in part) return part;
    parts.push(part);
  }
  return joined(parts, image);
}

/**
 * @param {Source} source @param {Image} image
 * @returns {Promise<Pictures|{error: string}>} an absent data set is one sentence, a failed channel rejects
 */
export const loadPictures = (source, image) => (source.kind === "codes" ? decoded(source, image) : originals(source, image));

/** @param {Source} source @returns {number} how many pictures the source holds, known before any has come */
export const countOf = (source) => (source.kind === "codes" ? source.z : source.indices).length;

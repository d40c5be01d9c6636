/** The traversal of another unit than the one that the page shows, made from what it told of all of them. Pure. */

import { stripCodes } from "../pieces/walks.js";

/**
 * @typedef {{home: number[], strips: Record<string, number[]>, captions: Record<string, string>}} Walks by unit, around home [D]
 * @typedef {import("./mosaic.js").Data} Data
 */

/** @param {Data} data @param {number} unit @returns {Data|null} as the page will tell it; null where it told nothing of this unit */
export function walkOf(data, unit) {
  const strip = data.walks?.strips[unit];
  if (!data.walks || !strip || data.source.kind !== "codes") return null;
  const { home, captions } = data.walks;
  return { ...data, caption: captions[unit], source: { ...data.source, z: stripCodes(home, unit, strip) } };
}

/**
 * What part of the plane the map of a run shows: all that is shown and all that is still to come.
 * So a wild moment early in training makes no later map small, and nothing that moves on leaves the picture.
 */

/** @import { Bounds } from "../plot/view.js" */

/** A view more than a third too wide is let go; below that it stays, so that it does not breathe with every snapshot. */
const ENOUGH = 0.75;

/** @param {(Bounds|null|undefined)[]} all @returns {Bounds|null} what holds them all */
export function union(all) {
  const boxes = all.filter((box) => !!box);
  if (!boxes.length) return null;
  /** @param {number} i @param {(...values: number[]) => number} pick */
  const reach = (i, pick) => pick(...boxes.map((box) => box[i]));
  return [reach(0, Math.min), reach(1, Math.max), reach(2, Math.min), reach(3, Math.max)];
}

/** @param {(Bounds|null)[]} all of the snapshots in their order @returns {(Bounds|null)[]} of each and all after it */
export function boundsAhead(all) {
  /** @type {(Bounds|null)[]} */
  const found = Array(all.length).fill(null);
  for (let i = all.length - 1; i >= 0; i--) found[i] = union([found[i + 1], all[i]]);
  return found;
}

/** @param {Bounds|null} before what was shown @param {Bounds} needed @returns {Bounds} what is shown next */
export function nextBounds(before, needed) {
  const both = union([before, needed]) ?? needed;
  return before && width(needed) >= ENOUGH * width(both) ? both : needed;
}

/** The longer side. @param {Bounds} bounds */
const width = ([x0, x1, y0, y1]) => Math.max(x1 - x0, y1 - y0);

/**
 * What part of the plane the map of a run holds: all that is shown and all that is still to come.
 * So a wild moment early in training makes no later map small, and nothing that moves on leaves the picture.
 */

import { around } from "./field.js";

/** @typedef {[number, number, number, number]} Box x0, x1, y0, y1 */

/** A view more than a third too wide is let go; below that it stays, so that it does not breathe with every snapshot. */
const ENOUGH = 0.75;

/** @param {(Box|null)[]} boxes of the snapshots in their order @returns {(Box|null)[]} of each and all after it */
export function ahead(boxes) {
  const found = Array(boxes.length).fill(null);
  for (let i = boxes.length - 1; i >= 0; i--) found[i] = around([found[i + 1], boxes[i]].filter(Boolean));
  return found;
}

/** @param {Box|null} before what was held @param {Box} needed @returns {Box} what is held next */
export function held(before, needed) {
  if (!before) return needed;
  const both = around([before, needed]);
  return reach(needed) < ENOUGH * reach(both) ? needed : both;
}

const reach = ([x0, x1, y0, y1]) => Math.max(x1 - x0, y1 - y0);

/** Areas drawn by hand, and the points inside them. */

import { HIDDEN } from "./cloud.js";

/** @import { Place } from "./view.js" */

/** @param {Place} a @param {Place} b opposite corners @returns {Place[]} */
export const box = ([ax, ay], [bx, by]) => [
  [ax, ay],
  [bx, ay],
  [bx, by],
  [ax, by],
];

/** Even–odd rule. @param {Place[]} polygon @param {number} x @param {number} y @returns {boolean} */
export function inPolygon(polygon, x, y) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, ay] = polygon[i];
    const [bx, by] = polygon[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups
 * @param {Place[]} polygon data units
 * @returns {{flags: Uint8Array, count: number}} visible points inside, in drawing order
 */
export function pointsWithin({ n, xs, ys }, groups, polygon) {
  const [px, py] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...px), Math.max(...px), Math.min(...py), Math.max(...py)];
  const flags = new Uint8Array(n);
  let count = 0;
  for (let k = 0; k < n; k++) {
    if (groups[k] === HIDDEN || xs[k] < x0 || xs[k] > x1 || ys[k] < y0 || ys[k] > y1) continue;
    if (!inPolygon(polygon, xs[k], ys[k])) continue;
    flags[k] = 1;
    count += 1;
  }
  return { flags, count };
}

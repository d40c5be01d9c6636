/**
 * The selected area as it travels: few vertices, rounded as a URL rounds them.
 *
 * What is inside is decided by exactly these numbers, here and on the page, so that both hold the same images.
 */

import { pointsWithin } from "../plot/lasso.js";

/** @import { Place } from "../plot/view.js" */

const MOST_VERTICES = 64;

/** @param {Place} a @param {Place} b @param {Place} c */
const twiceArea = ([ax, ay], [bx, by], [cx, cy]) => Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));

/** @param {Place[]} polygon */
function leastVertex(polygon) {
  const { length } = polygon;
  let [at, least] = [0, Infinity];
  for (let i = 0; i < length; i++) {
    const area = twiceArea(polygon[(i + length - 1) % length], polygon[i], polygon[(i + 1) % length]);
    if (area < least) [at, least] = [i, area];
  }
  return at;
}

/** @param {number} value */
const rounded = (value) => Number(value.toFixed(4));

/**
 * At most 64 vertices: those that change the area least are dropped (Visvalingam & Whyatt 1993); four decimals each.
 * @param {Place[]} polygon @returns {Place[]}
 */
export function simplified(polygon) {
  const kept = [...polygon];
  while (kept.length > MOST_VERTICES) kept.splice(leastVertex(kept), 1);
  return kept.map(([x, y]) => [rounded(x), rounded(y)]);
}

/** @param {number[]|null} flat x0, y0, x1, y1, … as the page says it @returns {Place[]|null} null for what is no area */
export function polygonOf(flat) {
  if (!flat || flat.length < 6 || flat.length % 2) return null;
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

/**
 * @param {import("../plot/cloud.js").Cloud} cloud @param {Uint8Array} groups @param {Place[]|null} polygon data units
 * @returns {{selected: Uint8Array|null, count: number}} visible points inside; null: none is selected, so none fades
 */
export function selection(cloud, groups, polygon) {
  if (!polygon || polygon.length < 3) return { selected: null, count: 0 };
  const { flags, count } = pointsWithin(cloud, groups, polygon);
  return { selected: count ? flags : null, count };
}

/** The codes a traversal board decodes, and where a value lies among them. Pure. */

import { withUnits } from "../pieces/walks.js";

/**
 * @typedef {{units: number[], x: number[], y: number[]}} Plane the values a cell of a grid over one or two units;
 *   row 0 holds the largest y, and one unit means one row
 * @typedef {[number, number][]} Changes pairs of unit and value
 */

/**
 * @param {Plane} plane
 * @param {number} cell row-major
 * @returns {Changes} unit and value of each unit the grid spans
 */
export function cellUnits({ units, x, y }, cell) {
  /** @type {[number, number]} */
  const across = [units[0], x[cell % x.length]];
  return units.length < 2 ? [across] : [across, [units[1], y[Math.floor(cell / x.length)]]];
}

/** @param {number[]} pin [D] @param {Plane} plane @returns {number[][]} [R·S, D], row-major */
export function gridCodes(pin, plane) {
  return Array.from({ length: plane.x.length * plane.y.length }, (_, cell) => withUnits(pin, cellUnits(plane, cell)));
}

/**
 * @param {number[]|null} a @param {number[]} b
 * @param {number[]} units that do not count, since they are walked through and not held at the pin
 * @returns {boolean} whether pictures made at `a` are out of date at `b`
 */
export function outdated(a, b, units) {
  return !a || a.length !== b.length || b.some((value, unit) => value !== a[unit] && !units.includes(unit));
}

/**
 * @param {number[]} values rising or falling @param {number} value
 * @returns {number} its place among them, a fraction between neighbours, beyond the ends on the same slope
 */
export function place(values, value) {
  const last = values.length - 1;
  if (last < 1) return 0;
  const sign = Math.sign(values[last] - values[0]);
  let k = 0;
  while (k < last - 1 && sign * (value - values[k + 1]) > 0) k++;
  return k + (value - values[k]) / (values[k + 1] - values[k]);
}

/** @param {number[]} values @param {number} value @returns {number} index of the value nearest to `value` */
export const nearest = (values, value) => clamp(Math.round(place(values, value)), 0, values.length - 1);

/** @param {number} value @param {number} low @param {number} high @returns {number} value, held between low and high */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

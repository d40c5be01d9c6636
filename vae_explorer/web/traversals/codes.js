/** The codes a traversal board decodes, and where a value lies among them. Pure. */

/**
 * @param {number[]} pin [D]
 * @param {[number, number][]} changes pairs of unit and value
 * @returns {number[]} a new [D]
 */
export function withUnits(pin, changes) {
  const z = [...pin];
  for (const [unit, value] of changes) z[unit] = value;
  return z;
}

/**
 * @param {number[]} pin [D]
 * @param {{units: number[], x: number[], y: number[]}} grid row 0 holds the largest y; one unit means one row
 * @param {number} cell row-major
 * @returns {[number, number][]} unit and value of each unit the grid spans
 */
export function cellUnits({ units, x, y }, cell) {
  const across = [units[0], x[cell % x.length]];
  return units.length < 2 ? [across] : [across, [units[1], y[Math.floor(cell / x.length)]]];
}

/** @param {number[]} pin [D] @returns {number[][]} [R·S, D], row-major */
export function gridCodes(pin, grid) {
  return Array.from({ length: grid.x.length * grid.y.length }, (_, cell) => withUnits(pin, cellUnits(grid, cell)));
}

/** @param {number[]} pin [D] @param {number} unit @param {number[]} strip K values @returns {number[][]} [K, D] */
export const stripCodes = (pin, unit, strip) => strip.map((value) => withUnits(pin, [[unit, value]]));

/**
 * @param {number[]|null} a @param {number[]} b
 * @param {number[]} units that do not count, since they are walked through and not held at the pin
 * @returns {boolean} whether pictures made at `a` are out of date at `b`
 */
export function outdated(a, b, units) {
  return a?.length !== b.length || b.some((value, unit) => value !== a[unit] && !units.includes(unit));
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

/** @returns {number} index of the value nearest to `value` */
export const nearest = (values, value) => clamp(Math.round(place(values, value)), 0, values.length - 1);

/** @returns {number} value, held between low and high */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

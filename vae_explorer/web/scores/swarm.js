/** Where the marks of a strip stand: along the axis by value, and aside where they would cover each other. */

/** @import { Dot } from "./data.js" */

/** @param {number} value @returns {number} within the axis, from 0 to 1 */
export function onAxis(value) {
  return Math.max(0, Math.min(1, value));
}

/**
 * Rows for marks in the order of their values: the first in which a mark is clear of the one before it.
 * @param {number[]} values ascending, from 0 to 1 @param {number} apart least distance in one row @param {number} rows at most
 * @returns {number[]} a row of each; those that find no room share the last
 */
export function swarm(values, apart, rows) {
  /** @type {number[]} the value that was placed last in each row */
  const last = [];
  return values.map((value) => {
    let row = 0;
    while (row < rows - 1 && row < last.length && value - last[row] < apart) row += 1;
    last[row] = value;
    return row;
  });
}

/** @param {number} row @returns {number} its place around the middle: 0, 1, −1, 2, −2 … */
export function lane(row) {
  return row % 2 ? (row + 1) / 2 : -row / 2;
}

/** @param {Dot} dot @returns {string} its value as it is read */
export function figure({ value }) {
  return value.toFixed(3);
}

/** @param {readonly Dot[]} dots @returns {Dot[][]} by value, those that read alike together */
export function alike(dots) {
  /** @type {Map<string, Dot[]>} */
  const found = new Map();
  for (const dot of [...dots].sort((one, other) => one.value - other.value)) {
    found.set(figure(dot), [...(found.get(figure(dot)) ?? []), dot]);
  }
  return [...found.values()];
}

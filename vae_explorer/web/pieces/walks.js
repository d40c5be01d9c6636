/** Codes along units. Pure. */

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

/** @param {number[]} pin [D] @param {number} unit @param {number[]} strip K values @returns {number[][]} [K, D] */
export const stripCodes = (pin, unit, strip) => strip.map((value) => withUnits(pin, [[unit, value]]));

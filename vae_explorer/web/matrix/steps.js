/** Where arrow keys lead in a table. */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {string} key @param {[number, number]} from row and column @param {[number, number]} size rows and columns
 * @returns {[number, number]|null} the cell that a key leads to, never beyond the edge; null for a key that leads nowhere
 */
export function moved(key, [row, column], [rows, columns]) {
  if (key === "Home") return [row, 0];
  if (key === "End") return [row, columns - 1];
  const step = STEPS[key];
  if (!step) return null;
  /** @param {number} place @param {number} most */
  const within = (place, most) => Math.max(0, Math.min(most - 1, place));
  return [within(row + step[0], rows), within(column + step[1], columns)];
}

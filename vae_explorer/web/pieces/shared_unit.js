/** The unit that was chosen: what draws units hears of it at once, and need not wait until the page has run again. */

/** @typedef {(unit: number) => void} Hear */

/** Until the page is told as well: its run keeps server and browser busy, while the pictures of a unit are decoded and drawn. */
export const PICTURES_FIRST_MS = 80;

/** Those that are on the page now. @type {Set<Hear>} */
const listeners = new Set();

/** @param {Hear} hear @returns {() => void} ends it */
export function hearUnit(hear) {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** @param {number} unit */
export function tellUnit(unit) {
  for (const hear of listeners) hear(unit);
}

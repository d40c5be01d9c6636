/** The unit that was chosen: what draws units hears of it at once, and need not wait until the page has run again. */

/** @typedef {(unit: number) => void} Hear */

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

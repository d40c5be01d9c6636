/** What latent units are called. */

/** @typedef {Record<string, string>} UnitNames by unit, of those that have one; text that a person typed */

/** @param {number} unit @param {UnitNames} names @returns {string} its number and, where it has one, its name; as `ui/titles.py` says it */
export const unitWords = (unit, names) => (names[unit] ? `unit ${unit} (${names[unit]})` : `unit ${unit}`);

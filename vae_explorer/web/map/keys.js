/** What the keys do on the map. */

const STEP = 0.02;
const LONG_STEP = 0.1;

/** @type {Object<string, [string, ...any]>} key → action and its arguments; directions in the plane, y upward */
const TABLE = {
  ArrowLeft: ["move", -1, 0],
  ArrowRight: ["move", 1, 0],
  ArrowUp: ["move", 0, 1],
  ArrowDown: ["move", 0, -1],
  "+": ["zoom", 1.25],
  "=": ["zoom", 1.25],
  "-": ["zoom", 0.8],
  0: ["fit"],
  Escape: ["clear"],
};

/**
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @returns {[string, ...number[]]|null} ["move", dx, dy] in shares of the visible span, ["zoom", factor], ["fit"], ["clear"]
 */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey || !Object.hasOwn(TABLE, key)) return null;
  const [name, ...rest] = TABLE[key];
  if (name !== "move") return TABLE[key];
  const step = shiftKey ? LONG_STEP : STEP;
  return [name, ...rest.map((direction) => direction * step)];
}

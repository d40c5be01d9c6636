/** What the keys do on the map. */

const STEP = 0.02;
const LONG_STEP = 0.1;

/**
 * @typedef {{name: "move", by: [number, number]}|{name: "zoom", factor: number}|{name: "fit"|"clear"|"choose"|"mark"}} Action
 *   by in shares of the visible span, y upward; mark: begin a box at the pin
 */

/** @type {Record<string, Action>} a move by its direction */
const TABLE = {
  ArrowLeft: { name: "move", by: [-1, 0] },
  ArrowRight: { name: "move", by: [1, 0] },
  ArrowUp: { name: "move", by: [0, 1] },
  ArrowDown: { name: "move", by: [0, -1] },
  "+": { name: "zoom", factor: 1.25 },
  "=": { name: "zoom", factor: 1.25 },
  "-": { name: "zoom", factor: 0.8 },
  0: { name: "fit" },
  Enter: { name: "choose" },
  " ": { name: "choose" },
  s: { name: "mark" },
  S: { name: "mark" },
  Escape: { name: "clear" },
};

/**
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @returns {Action|null}
 */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey || !Object.hasOwn(TABLE, key)) return null;
  const action = TABLE[key];
  if (action.name !== "move") return action;
  const step = shiftKey ? LONG_STEP : STEP;
  return { name: "move", by: [action.by[0] * step, action.by[1] * step] };
}

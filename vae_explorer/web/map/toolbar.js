/** The tools: what a drag does, two buttons that put things back, and one that opens the layers. */

import { element, icon } from "../pieces/element.js";
import { coarse } from "./words.js";

/** @import { Tool } from "./gestures.js" */
/**
 * @typedef {"clear"|"fit"|"layers"} Action
 * @typedef {{label: string, path: string}} Look what a button says, and its 16×16 drawing
 */

/** @type {(Look & {name: Tool})[]} */
const TOOLS = [
  { name: "probe", label: "Look: drag decodes what lies under it; two fingers move the map", path: "M8 1v4M8 11v4M1 8h4M11 8h4M8 7.2a.8.8 0 1 1 0 1.6.8.8 0 0 1 0-1.6z" },
  { name: "pan", label: "Pan: drag moves the map", path: "M8 1.5v13M1.5 8h13M6 3.5l2-2 2 2M6 12.5l2 2 2-2M3.5 6l-2 2 2 2M12.5 6l2 2-2 2" },
  { name: "box", label: "Box: drag selects a rectangle (or Shift and drag)", path: "M2.5 3.5h11v9h-11z" },
  { name: "lasso", label: "Lasso: drag selects an area", path: "M5 11C2.5 10.3 1.5 8.7 1.5 7c0-2.5 2.9-4.5 6.5-4.5S14.5 4.5 14.5 7 11.6 11.5 8 11.5M8 11.5a1.7 1.7 0 1 0-3 .5c.5 1 .3 1.8-.8 2.5" },
];
/** @type {(Look & {name: Action})[]} */
const ACTIONS = [
  { name: "clear", label: "Clear selection", path: "M4 4l8 8M12 4l-8 8" },
  { name: "fit", label: "Fit: show everything", path: "M7 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM11 11l3.5 3.5M4.8 7.2v.01M7.2 4.6v.01M8 8.6v.01M9.4 6.2v.01" },
  { name: "layers", label: "Layers: what is drawn beside the points", path: "M8 2l6.5 3.2L8 8.4 1.5 5.2zM1.5 8.2L8 11.4l6.5-3.2M1.5 11.2L8 14.4l6.5-3.2" },
];

export class Toolbar {
  /** @type {Map<Tool|Action, HTMLButtonElement>} */
  #buttons = new Map();
  /** What a drag does. @type {Tool} */
  tool = coarse() ? "probe" : "pan";

  /** @param {(name: Tool) => void} chosen @param {Record<Action, () => void>} actions */
  constructor(chosen, actions) {
    /** @param {Tool} name */
    const choose = (name) => {
      this.tool = name;
      this.#press();
      chosen(name);
    };
    for (const tool of TOOLS) this.#add(tool, () => choose(tool.name));
    for (const action of ACTIONS) this.#add(action, actions[action.name]);
    this.root = element("div", "map-toolbar", { role: "toolbar", "aria-label": "Map tools" }, [...this.#buttons.values()]);
    this.#press();
    this.setSelection(false);
  }

  /** @param {boolean} any whether there is a selection to clear */
  setSelection(any) {
    this.button("clear").disabled = !any;
  }

  /** @param {Tool|Action} name @returns {HTMLButtonElement} */
  button(name) {
    return /** @type {HTMLButtonElement} */ (this.#buttons.get(name));
  }

  /** @param {Look & {name: Tool|Action}} row @param {() => void} act */
  #add({ name, label, path }, act) {
    const attributes = { type: "button", title: label, "aria-label": label, "data-tool": name };
    const button = element("button", "map-tool", attributes, [icon(path)]);
    button.addEventListener("click", act);
    this.#buttons.set(name, button);
  }

  #press() {
    for (const { name } of TOOLS) this.button(name).setAttribute("aria-pressed", String(name === this.tool));
  }
}

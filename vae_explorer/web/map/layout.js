/** Where the parts of the map stand. */

import { element } from "../pieces/element.js";

/** CSS px beneath the map: what is said of it and of the model, and the page's end. */
export const BELOW = 104;

/** @param {HTMLElement} legend @param {HTMLElement[]} tools @param {HTMLElement} stage @param {HTMLElement} card @returns {HTMLElement} */
export function layout(legend, tools, stage, card) {
  const head = element("div", "map-head", {}, [legend, element("div", "map-tools", {}, tools)]);
  const body = element("div", "map-body", {}, [stage, card]);
  return element("div", "map", { "data-state": "loading" }, [element("div", "map-layout", {}, [head, body])]);
}

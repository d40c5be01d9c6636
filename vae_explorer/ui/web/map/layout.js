/** Where the parts of the map stand. */

import { element } from "../element.js";

/** @param {HTMLElement} legend @param {HTMLElement} toolbar @param {HTMLElement} stage @param {HTMLElement} card @returns {HTMLElement} */
export function layout(legend, toolbar, stage, card) {
  const head = element("div", "map-head", {}, [legend, toolbar]);
  const body = element("div", "map-body", {}, [stage, card]);
  return element("div", "map", { "data-state": "loading" }, [element("div", "map-layout", {}, [head, body])]);
}

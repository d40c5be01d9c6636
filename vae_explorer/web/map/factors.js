/** The factors of an image in words, each in one piece, as many in a line as there is room for. */

import { element } from "../pieces/element.js";

/** @param {HTMLElement} node that shows them @param {string[]} factors empty words are left out */
export function showFactors(node, factors) {
  const told = factors.filter(Boolean);
  const text = told.join(" · ");
  if (node.textContent === text) return;
  node.replaceChildren(...told.flatMap((words, i) => [...(i ? [" · "] : []), element("span", "map-factor", {}, [words])]));
  node.title = text;
}

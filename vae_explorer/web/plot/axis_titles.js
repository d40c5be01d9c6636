/** What the axes show, beside the plot: text of the page, so that its words are explained where they stand. */

import { element } from "../pieces/element.js";
import { setExplained } from "../pieces/terms.js";

/** Characters that fit beside small plots, too; a longer text is told whole by its tooltip. */
const SHORT = 30;

export class AxisTitles {
  #x = element("p", "axis-title x");
  #y = element("p", "axis-title y");
  /** To be laid over the plot, margins and all. */
  nodes = [this.#x, this.#y];

  /** @param {string[]} titles the second is left out where there is no second axis */
  show([x = "", y = ""]) {
    say(this.#x, x);
    say(this.#y, y);
  }
}

/** @param {HTMLElement} node @param {string} text */
function say(node, text) {
  setExplained(node, text);
  if (text.length > SHORT) node.title = text;
  else node.removeAttribute("title");
}

/** The menu that takes the whole comparison along. */

import { SaveMenu } from "../pieces/save_menu.js";
import { Status } from "../pieces/status.js";
import { readTheme } from "../pieces/theme.js";
import { savedComparison } from "./saved_comparison.js";

/** @import { ComparisonData } from "./data.js" */

export class Comparison {
  /** @type {ComparisonData|null} */
  #data = null;
  #status = new Status(() => {});
  #menu = new SaveMenu(
    (kind) => {
      if (!this.#data) throw new Error("There is no comparison yet; save it when it is there.");
      return savedComparison(kind, this.#data, readTheme(this.root));
    },
    () => this.#data?.name ?? "comparison",
    (sentence) => this.#status.failed("file", new Error(sentence)),
    "Save the comparison",
  );

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.#status.node.classList.add("comparison-status");
    root.replaceChildren(this.#menu.root, this.#status.node);
  }

  /** @param {ComparisonData} data */
  update(data) {
    this.#data = data;
  }

  close() {
    this.#status.close();
    this.#menu.close();
  }
}

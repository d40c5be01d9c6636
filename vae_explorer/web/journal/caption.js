/** The line below the scrubber: where in training the shown snapshot lies, and what it costs. */

import { element } from "../pieces/element.js";
import { setExplained } from "../pieces/terms.js";
import { caption } from "./words.js";

export class Caption {
  #when = element("span", "journal-when");
  #cost = element("span", "journal-cost");

  constructor() {
    this.root = element("p", "journal-caption", {}, [this.#when, this.#cost]);
  }

  /** @param {import("./snapshot.js").Snapshot} shown @param {{n: number, epochs: number}} run */
  show(shown, run) {
    const { when, cost } = caption(shown, run);
    setExplained(this.#when, when);
    setExplained(this.#cost, cost);
  }
}

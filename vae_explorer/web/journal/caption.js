/** The line below the scrubber: where in training the shown snapshot lies, and what it costs. */

import { element, setText } from "../pieces/element.js";
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
    setText(this.#when, when);
    setText(this.#cost, cost);
  }
}

/** One legend above several maps: what it hides, the page hides in all of them. */

import { Outbox } from "../wire/outbox.js";
import { Legend } from "./legend.js";

/** @import { Categories } from "./legend.js" */
/** @typedef {{legend: Categories, kind: "category"|"value", counts: number[], hidden: number[]}} Data as `ui/components/latent_map.py` hands it over */

export class SharedLegend {
  /** @type {Data} */
  #data = { legend: { title: "", names: [], colours: [] }, kind: "category", counts: [], hidden: [] };
  /** @type {Set<number>} */
  #hidden = new Set();

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.out = new Outbox(send, 0);
    this.legend = new Legend((hidden) => this.#hide(hidden));
    root.replaceChildren(this.legend.root);
  }

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    if (this.out.adopt("hidden", data.hidden)) this.#hidden = new Set(data.hidden);
    this.#show();
  }

  close() {
    this.out.close();
  }

  /** @param {Set<number>} hidden */
  #hide(hidden) {
    this.#hidden = hidden;
    this.out.put("hidden", [...hidden].sort((a, b) => a - b));
    this.#show();
  }

  #show() {
    const { legend, kind, counts } = this.#data;
    this.legend.update(legend, kind, counts, this.#hidden);
  }
}

/** What is drawn beside the points; the values go to the page and come back from it. */

/**
 * @import { Outbox } from "../wire/outbox.js"
 * @import { LayerValues } from "./data.js"
 */
/** @typedef {keyof LayerValues} Name */

/** @type {Name[]} */
const NAMES = ["lattice", "names", "contours", "thumbnails", "refine"];
/** @type {LayerValues} */
const INITIAL = { lattice: 0, names: "on", contours: "off", thumbnails: "on", refine: "off" };

export class Layers {
  values = { ...INITIAL };
  #out;
  #changed;

  /** @param {Outbox} out @param {(name: Name) => void} changed by the hand */
  constructor(out, changed) {
    this.#out = out;
    this.#changed = changed;
  }

  /** Take over what the page says. @param {LayerValues} data */
  adopt(data) {
    for (const name of NAMES) if (this.#out.adopt(name, data[name])) this.values = { ...this.values, [name]: data[name] };
  }

  /** @template {Name} N @param {N} name @param {LayerValues[N]} value */
  set(name, value) {
    this.values[name] = value;
    this.#out.put(name, value);
    this.#changed(name);
  }
}

/** What is drawn beside the points; the values go to the page and come back from it. */

const INITIAL = { lattice: 0, contours: "off", thumbnails: "on", refine: "off" };

export class Layers {
  /** lattice is an opacity 0…1, the others are "on" or "off" */
  values = { ...INITIAL };
  #out;
  #changed;

  /** @param {import("../wire/outbox.js").Outbox} out @param {(name: string) => void} changed by the hand */
  constructor(out, changed) {
    this.#out = out;
    this.#changed = changed;
  }

  /** Take over what the page says. */
  adopt(data) {
    for (const name of Object.keys(INITIAL)) if (this.#out.adopt(name, data[name])) this.values[name] = data[name];
  }

  /** @param {"lattice"|"contours"|"thumbnails"|"refine"} name @param {number|"on"|"off"} value */
  set(name, value) {
    this.values[name] = value;
    this.#out.put(name, value);
    this.#changed(name);
  }
}

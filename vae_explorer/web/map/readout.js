/** What the live channel told last of the place that the card is about. */

import { same } from "./preview.js";

/**
 * @typedef {{mode: "pointer"|"pin"|"point", asked: import("../wire/live.js").Asked}} Wanted
 * @typedef {Wanted & {z: number[], place: [number, number], landing: [number, number], distance: number}} Told
 *   z [D]; places in data units
 */

export class Reading {
  /** @type {Wanted|null} */
  #wanted = null;
  /** @type {Told|null} */
  #last = null;

  /** @param {Wanted} wanted what the card is about now */
  expect(wanted) {
    this.#wanted = wanted;
  }

  /** @param {import("../wire/live.js").Told} header of a reply @param {Wanted} wanted what it answers */
  take({ z, place, landing, distance }, { asked, mode }) {
    this.#last = distance ? { asked, mode, z: z[0], place: place[0], landing: landing[0], distance: distance[0] } : null;
  }

  /** What was told, if it is about what the card is about; null on planes of units. @returns {Told|null} */
  get now() {
    const current = this.#last && this.#last.mode === this.#wanted.mode && same(this.#last, this.#wanted);
    return current ? this.#last : null;
  }

  /** @param {[number, number]} place @returns {number[]|null} its z, where that is what was told last */
  zAt([x, y]) {
    const asked = this.now?.asked.xy?.[0];
    return asked && asked[0] === x && asked[1] === y ? this.#last.z : null;
  }
}

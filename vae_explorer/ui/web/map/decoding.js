/** How the map decodes: how far the lattice shows, and whether places of a fitted map are encoded once more. */

export class Decoding {
  /** Opacity of the decoded lattice, 0…1; 0 is off. */
  lattice = 0;
  refine = false;
  #out;
  #changed;

  /** @param {import("../outbox.js").Outbox} out @param {() => void} changed */
  constructor(out, changed) {
    this.#out = out;
    this.#changed = changed;
  }

  /** Take over what the page says; maps without a card say nothing of it. @param {object} data */
  adopt({ lattice = 0, refine = "off" }) {
    if (this.#out.adopt("lattice", lattice)) this.lattice = lattice;
    if (this.#out.adopt("refine", refine)) this.refine = refine === "on";
  }

  /** @param {number} opacity 0…1 */
  setLattice(opacity) {
    this.lattice = opacity;
    this.#out.put("lattice", opacity);
    this.#changed();
  }

  /** @param {boolean} on */
  setRefine(on) {
    this.refine = on;
    this.#out.put("refine", on ? "on" : "off");
    this.#changed();
  }
}

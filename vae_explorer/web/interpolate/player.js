/** Runs t to and fro, one step a displayed frame; for who wants little motion, two steps a second. */

import { calm } from "../pieces/calm.js";
import { toAndFro } from "./path.js";

const ONE_WAY_MS = 4000;
const CALM_MS = 500;

export class Player {
  /** @type {number|null} */
  #frame = null;

  /** @param {(t: number) => void} step */
  constructor(step) {
    this.step = step;
  }

  get playing() {
    return this.#frame !== null;
  }

  /** @param {number} t where to begin */
  start(t) {
    const begin = performance.now();
    /** @param {number} now */
    const run = (now) => {
      this.#frame = requestAnimationFrame(run);
      const passed = Math.max(0, now - begin);
      this.step(toAndFro(t, calm() ? passed - (passed % CALM_MS) : passed, ONE_WAY_MS));
    };
    this.#frame = requestAnimationFrame(run);
  }

  stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
}

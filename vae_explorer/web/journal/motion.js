/** Moves a place over time: glides to a target, or plays on at an even pace. One motion at a time. */

import { eased } from "./places.js";

const GLIDE_MS = 500;
const PLAY_MS = { least: 3500, most: 14000, gap: 320 };

/** Whether the person has asked for little motion. */
export const calm = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;

/** @param {number} gaps between snapshots @returns {number} ms from the first to the last */
export const playTime = (gaps) => Math.min(PLAY_MS.most, Math.max(PLAY_MS.least, gaps * PLAY_MS.gap));

export class Motion {
  #frame = null;
  #target = null;
  #move;

  /** @param {(place: number) => void} move called once a displayed frame */
  constructor(move) {
    this.#move = move;
  }

  /** Where it is going; null at rest. */
  get target() {
    return this.#target;
  }

  /** @param {number} from @param {number} to */
  glide(from, to) {
    if (calm()) this.#jump(to);
    else this.#run(from, to, GLIDE_MS, eased);
  }

  /** @param {number} from @param {number} to @param {number} duration ms @param {() => void} done at its end, not when stopped */
  play(from, to, duration, done) {
    this.#run(from, to, duration, (share) => share, done);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = this.#target = null;
  }

  #jump(to) {
    this.stop();
    this.#move(to);
  }

  #run(from, to, duration, way, done = () => {}) {
    this.stop();
    this.#target = to;
    const begin = performance.now();
    const step = (now) => {
      const share = duration > 0 ? Math.min(1, Math.max(0, now - begin) / duration) : 1;
      this.#frame = share < 1 ? requestAnimationFrame(step) : null;
      if (share === 1) this.#target = null;
      this.#move(from + way(share) * (to - from));
      if (share === 1) done();
    };
    this.#frame = requestAnimationFrame(step);
  }
}

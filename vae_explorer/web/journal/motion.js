/** Moves a place over time: glides to a target, or plays on at an even pace. One motion at a time. */

import { calm } from "../pieces/calm.js";

const GLIDE_MS = 500;
const PLAY_MS = { least: 3500, most: 14000, gap: 320 };

/** @param {number} gaps between snapshots @returns {number} ms from the first to the last */
export const playTime = (gaps) => Math.min(PLAY_MS.most, Math.max(PLAY_MS.least, gaps * PLAY_MS.gap));

/** @param {number} share of the time, 0…1 @returns {number} share of the way: slow, fast, slow */
export const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);

/** @param {number} share */
const even = (share) => share;

export class Motion {
  /** @type {number|null} */
  #frame = null;
  #move;

  /** @param {(place: number, arrived: boolean) => void} move called once a displayed frame; arrived at the last one, not when stopped */
  constructor(move) {
    this.#move = move;
  }

  /** @param {number} from @param {number} to */
  glide(from, to) {
    if (calm()) this.#jump(to);
    else this.#run(from, to, GLIDE_MS, eased);
  }

  /** As fast as from the first to the last. @param {number} from @param {number} last */
  play(from, last) {
    this.#run(from, last, (playTime(last) * (last - from)) / last, even);
  }

  stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** @param {number} to */
  #jump(to) {
    this.stop();
    this.#move(to, true);
  }

  /** @param {number} from @param {number} to @param {number} duration ms @param {(share: number) => number} way */
  #run(from, to, duration, way) {
    this.stop();
    const begin = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const share = duration > 0 ? Math.min(1, Math.max(0, now - begin) / duration) : 1;
      this.#frame = share < 1 ? requestAnimationFrame(step) : null;
      const place = from + way(share) * (to - from);
      this.#move(calm() ? Math.max(from, Math.floor(place)) : place, share === 1);
    };
    this.#frame = requestAnimationFrame(step);
  }
}

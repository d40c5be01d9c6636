/** Many pictures that follow one: as fast as it when they are cheap, else when the hand rests. */

import { Latest } from "../live.js";

const CHEAP_MS = 12;
const REST_MS = 90;

/** @template A, R */
export class Follower {
  #latest;
  #cost = 0;
  #timer = null;

  /**
   * @param {(arg: A) => Promise<R>} run
   * @param {(result: R, arg: A) => void} done
   * @param {(error: Error, arg: A) => void} failed
   */
  constructor(run, done, failed) {
    this.#latest = new Latest((arg) => this.#timed(run, arg), done, failed);
  }

  /** A step of a gesture: expensive pictures wait until no further step comes. @param {A} arg */
  follow(arg) {
    clearTimeout(this.#timer);
    if (this.#cost <= CHEAP_MS) this.#latest.push(arg);
    else this.#timer = setTimeout(() => this.#latest.push(arg), REST_MS);
  }

  /** At once, whatever it costs. @param {A} arg */
  ask(arg) {
    clearTimeout(this.#timer);
    this.#latest.push(arg);
  }

  close() {
    clearTimeout(this.#timer);
  }

  async #timed(run, arg) {
    const start = performance.now();
    const result = await run(arg);
    this.#cost = performance.now() - start;
    return result;
  }
}

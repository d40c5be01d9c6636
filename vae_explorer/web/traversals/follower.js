/** Many pictures that follow one: a few times a second while the hand moves, or, if they are dear, when it rests. */

import { Latest } from "../wire/live.js";

/** Dearer than this, a request would be felt by the picture it follows. */
const BEARABLE_MS = 40;
/** Pause after a request, in units of what it cost: four fifths of the channel stay free. */
const PAUSE = 4;
const REST_MS = 90;

/** @template A, R the argument of a run, and what it results in */
export class Follower {
  #latest;
  #cost = 0;
  #ended = -Infinity;
  /** @type {number|undefined} */
  #timer;
  /** @type {{arg: A}|null} */
  #next = null;

  /**
   * @param {(arg: A) => Promise<R>} run
   * @param {(result: R, arg: A) => void} done
   * @param {(error: Error, arg: A) => void} failed
   */
  constructor(run, done, failed) {
    this.#latest = new Latest(
      (/** @type {{arg: A, step: boolean}} */ { arg, step }) => (step ? this.#timed(run, arg) : run(arg)),
      (result, { arg }) => done(result, arg),
      (error, { arg }) => failed(error, arg),
    );
  }

  /** A step of a gesture; the newest always runs in the end. @param {A} arg */
  follow(arg) {
    this.#next = { arg };
    const dear = this.#cost > BEARABLE_MS;
    if (dear) clearTimeout(this.#timer);
    else if (this.#timer !== undefined) return;
    const due = this.#ended + PAUSE * this.#cost - performance.now();
    this.#timer = setTimeout(() => this.#next && this.#push(this.#next.arg, true), dear ? REST_MS : Math.max(0, due));
  }

  /**
   * At once, and without a lesson about the cost: a first request often waits until its model is loaded.
   * @param {A} arg
   */
  ask(arg) {
    this.#push(arg, false);
  }

  /** Forgets what still waits. */
  close() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param {A} arg @param {boolean} step of a gesture */
  #push(arg, step) {
    this.close();
    this.#latest.push({ arg, step });
  }

  /** @param {(arg: A) => Promise<R>} run @param {A} arg */
  async #timed(run, arg) {
    const start = performance.now();
    const result = await run(arg);
    this.#ended = performance.now();
    this.#cost = this.#ended - start;
    return result;
  }
}

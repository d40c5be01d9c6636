/** Many pictures that follow one: a few times a second while the hand moves, or, if they are dear, when it rests. */

import { Latest } from "../wire/live.js";

/** Dearer than this, a request would be felt by the picture it follows. */
const BEARABLE_MS = 40;
/** Pause after a request, in units of what it cost: four fifths of the channel stay free. */
const PAUSE = 4;
const REST_MS = 90;

/** @template A, R */
export class Follower {
  #latest;
  #cost = 0;
  #ended = -Infinity;
  #timer = null;
  #next = null;

  /**
   * @param {(arg: A) => Promise<R>} run
   * @param {(result: R, arg: A) => void} done
   * @param {(error: Error, arg: A) => void} failed
   */
  constructor(run, done, failed) {
    this.#latest = new Latest(
      ({ arg, step }) => (step ? this.#timed(run, arg) : run(arg)),
      (result, { arg }) => done(result, arg),
      (error, { arg }) => failed(error, arg),
    );
  }

  /** A step of a gesture; the newest always runs in the end. @param {A} arg */
  follow(arg) {
    this.#next = arg;
    const dear = this.#cost > BEARABLE_MS;
    if (dear) clearTimeout(this.#timer);
    else if (this.#timer !== null) return;
    const due = this.#ended + PAUSE * this.#cost - performance.now();
    this.#timer = setTimeout(() => this.#push(this.#next, true), dear ? REST_MS : Math.max(0, due));
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
    this.#timer = null;
  }

  #push(arg, step) {
    this.close();
    this.#latest.push({ arg, step });
  }

  async #timed(run, arg) {
    const start = performance.now();
    const result = await run(arg);
    this.#ended = performance.now();
    this.#cost = this.#ended - start;
    return result;
  }
}

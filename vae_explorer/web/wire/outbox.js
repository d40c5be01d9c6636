/** What the page is told, and what it tells us: values travel both ways, and no echo may undo what the hand did since. */

const TOLERANCE = 5e-4;

/** Equal up to what a URL rounds away. @param {unknown} a @param {unknown} b @returns {boolean} */
export function alike(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
  }
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, i) => alike(value, b[i]));
}

export class Outbox {
  #delay;
  /** @type {number|undefined} */
  #timer;
  #held = false;
  /** @type {Map<string, unknown>} */
  #waiting = new Map();
  /** @type {Map<string, unknown>} */
  #known = new Map();
  /** @type {Map<string, unknown>} */
  #seen = new Map();
  /** @type {Map<string, unknown[]>} */
  #unconfirmed = new Map();

  /** @param {(name: string, value: unknown) => void} send @param {number} delay ms of rest before anything is sent */
  constructor(send, delay = 250) {
    this.send = send;
    this.#delay = delay;
  }

  /** Tell the page, once the hand rests; nothing is sent that it knows already. @param {string} name @param {unknown} value */
  put(name, value) {
    this.#waiting.set(name, value);
    this.#schedule();
  }

  /** Tell at once what waits, but in the middle of a gesture. */
  flush() {
    clearTimeout(this.#timer);
    if (!this.#held) this.#flush();
  }

  /** Nothing leaves during a gesture. */
  hold() {
    this.#held = true;
    clearTimeout(this.#timer);
  }

  release() {
    this.#held = false;
    if (this.#waiting.size) this.#schedule();
  }

  close() {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  /**
   * Whether a value from the page is news: not what it said before, and not an echo of what we sent.
   * @param {string} name @param {unknown} value
   * @returns {boolean} true: take it over
   */
  adopt(name, value) {
    if (this.#seen.has(name) && alike(this.#seen.get(name), value)) return false;
    this.#seen.set(name, value);
    const sent = this.#unconfirmed.get(name) ?? [];
    const echo = sent.findIndex((earlier) => alike(earlier, value));
    if (echo >= 0) sent.splice(0, echo + 1);
    if (echo >= 0 || (this.#known.has(name) && alike(this.#known.get(name), value))) return false;
    this.#waiting.delete(name);
    this.#unconfirmed.delete(name);
    this.#known.set(name, value);
    return true;
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (!this.#held) this.#timer = setTimeout(() => this.#flush(), this.#delay);
  }

  #flush() {
    for (const [name, value] of this.#waiting) {
      if (this.#known.has(name) && alike(this.#known.get(name), value)) continue;
      this.#known.set(name, value);
      this.#unconfirmed.set(name, [...(this.#unconfirmed.get(name) ?? []), value].slice(-16));
      this.send(name, value);
    }
    this.#waiting.clear();
  }
}

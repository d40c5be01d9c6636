/** Snapshots that were fetched: as many as a bound of bytes allows; what is farthest from where one is leaves first. */

/** @template {{size: number}} S what is kept, and how many bytes it takes */
export class SnapshotCache {
  #limit;
  /** @type {Map<string, S>} */
  #kept = new Map();
  #size = 0;

  /** @param {number} limit bytes */
  constructor(limit) {
    this.#limit = limit;
  }

  /** @param {string} key @returns {S|undefined} */
  get(key) {
    return this.#kept.get(key);
  }

  /** Whether something of this size finds room without driving out what is nearer. */
  get full() {
    return this.#size >= this.#limit;
  }

  /** @param {string} key @param {S} snapshot */
  put(key, snapshot) {
    this.#drop(key);
    this.#kept.set(key, snapshot);
    this.#size += snapshot.size;
  }

  /**
   * Let go of all that is not listed, and of the last listed ones until the bound holds; the first stays in any case.
   * @param {string[]} keys the nearest first
   */
  trim(keys) {
    const wanted = new Set(keys);
    for (const key of [...this.#kept.keys()]) if (!wanted.has(key)) this.#drop(key);
    for (const key of keys.slice(1).reverse()) if (this.#size > this.#limit) this.#drop(key);
  }

  /** @param {string} key */
  #drop(key) {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }
}

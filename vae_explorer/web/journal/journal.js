/** The journal of one run as the server has it: looked at again and again while the run is at work. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { parseAligned } from "./aligned.js";
import { between, outward } from "./places.js";
import { Shelf } from "./shelf.js";
import { parseFixed, parseSnapshot } from "./snapshot.js";

const POLL_MS = 500;
const AGAIN_MS = 2000;
const MOST_BYTES = 60e6;
const AT_ONCE = 3;

/** @typedef {{step: number, stamp: string, epoch: number, beta: number, bounds: [number, number, number, number]|null}} Entry */

const keyOf = ({ step, stamp }) => `${step}@${stamp}`;

export class Journal {
  /** @type {Entry[]} */
  entries = [];
  /** @type {import("./snapshot.js").Fixed|null} */
  fixed = null;
  epochs = 0;
  atWork = false;
  #fixedStamp = null;
  #shelf = new Shelf(MOST_BYTES);
  #under = new Set();
  #failed = new Set();
  #place = 0;
  #timer = null;
  #looking = false;
  #closed = false;

  /**
   * @param {string} run @param {boolean} flat one latent unit
   * @param {{listed: () => void, came: () => void, failed: (message: string) => void}} told
   */
  constructor(run, flat, told) {
    this.base = `/api/runs/${encodeURIComponent(run)}`;
    this.flat = flat;
    this.told = told;
  }

  /** Look now, and go on looking for as long as the run is at work. */
  async look() {
    clearTimeout(this.#timer);
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    const fine = await this.#read();
    this.#looking = false;
    if (this.#closed) return;
    if (fine) this.told.failed("");
    if (!fine || this.atWork) this.#timer = setTimeout(() => this.look(), fine ? POLL_MS : AGAIN_MS);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** @param {number} index @returns {import("./snapshot.js").Snapshot|null} what has been fetched of it */
  at(index) {
    const entry = this.entries[index];
    return (entry && this.#shelf.get(keyOf(entry))) ?? null;
  }

  /** @param {number} place @returns {import("./snapshot.js").Snapshot|null} the nearest one that is there already */
  nearest(place) {
    const index = outward(this.entries.length, place).find((other) => this.at(other));
    return index === undefined ? null : this.at(index);
  }

  /** @param {number} place @returns {{from: object, to: object, way: number}|null} the snapshots around it, once both are there */
  pair(place) {
    const { before, after, share } = between(place, this.entries.length);
    const [from, to] = [this.at(before), this.at(after)];
    return from && to && { from, to, way: share };
  }

  /** @param {string} stamp of the UMAP over time @returns {Promise<import("./aligned.js").Aligned>} */
  async aligned(stamp) {
    const frame = await this.#frame(`${this.base}/maps/umap?v=${stamp}`, "The UMAP over time");
    return parseAligned(frame, this.fixed);
  }

  /** Fetch what lies around a place, the nearest first. @param {number} place */
  around(place) {
    this.#place = place;
    if (!this.fixed || this.#closed) return;
    const ordered = outward(this.entries.length, place).map((index) => this.entries[index]);
    const missing = ordered.filter((entry) => !this.#shelf.get(keyOf(entry)) && !this.#failed.has(keyOf(entry)));
    const near = new Set(ordered.slice(0, 2));
    const wanted = missing.filter((entry) => !this.#shelf.full || near.has(entry));
    for (const entry of wanted) {
      if (this.#under.size >= AT_ONCE) return;
      if (!this.#under.has(keyOf(entry))) this.#fetch(entry);
    }
  }

  async #read() {
    try {
      const response = await answer(`${this.base}/journal`, "The snapshots");
      const index = await response.json();
      if (response.status === 404) throw new Error(index.error);
      await this.#take(index);
      return true;
    } catch (error) {
      if (!this.#closed) this.told.failed(error.message);
      return false;
    }
  }

  async #take({ at_work: atWork, epochs, fixed, snapshots }) {
    if (fixed !== null && fixed !== this.#fixedStamp) await this.#takeFixed(fixed);
    if (this.#closed) return;
    Object.assign(this, { atWork, epochs, entries: fixed === null ? [] : snapshots });
    this.#failed.clear();
    this.#tidy();
    this.told.listed();
  }

  #tidy() {
    this.#shelf.tidy(outward(this.entries.length, this.#place).map((index) => keyOf(this.entries[index])));
  }

  async #takeFixed(stamp) {
    this.fixed = parseFixed(await this.#frame(`${this.base}/fixed?v=${stamp}`, "The images of the run"));
    this.#fixedStamp = stamp;
    this.#shelf.tidy([]);
  }

  async #fetch(entry) {
    const key = keyOf(entry);
    const fixed = this.fixed;
    this.#under.add(key);
    try {
      const frame = await this.#frame(`${this.base}/snapshots/${entry.step}?v=${entry.stamp}`, "A snapshot");
      if (this.fixed === fixed) this.#shelf.put(key, parseSnapshot(frame, fixed, this.flat));
      this.#tidy();
    } catch (error) {
      this.#failed.add(key);
      this.#again(error);
    }
    this.#under.delete(key);
    if (this.#closed) return;
    this.told.came();
    this.around(this.#place);
  }

  /** A snapshot that could not be had may have made room for others: the index tells. */
  #again({ message }) {
    if (this.#closed) return;
    this.told.failed(message);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), AGAIN_MS);
  }

  async #frame(url, what) {
    const response = await answer(url, what);
    if (response.status === 404) throw new Error((await response.json()).error);
    return parseFrame(await response.arrayBuffer());
  }
}

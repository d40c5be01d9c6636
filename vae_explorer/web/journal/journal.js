/** The journal of one run as the server has it: looked at again and again while the run is at work. */

import { answer, sentenceOf } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { parseAligned } from "./aligned_maps.js";
import { parseFixed, parseSnapshot } from "./snapshot.js";
import { SnapshotCache } from "./snapshot_cache.js";
import { between, nearestFirst } from "./timeline.js";

const POLL_MS = 500;
const AGAIN_MS = 2000;
const MOST_BYTES = 60e6;
const AT_ONCE = 3;

/**
 * @typedef {import("./messages.js").Entry} Entry
 * @typedef {import("./snapshot.js").Snapshot} Snapshot
 * @typedef {{from: Snapshot, to: Snapshot, way: number}} Pair the snapshots around a place, and how far it lies between them, 0…1
 */

/** @param {Entry} entry */
const keyOf = ({ step, stamp }) => `${step}@${stamp}`;

export class Journal {
  /** @type {Entry[]} */
  entries = [];
  /** @type {import("./snapshot.js").Fixed|null} */
  fixed = null;
  epochs = 0;
  atWork = false;
  /** @type {string|null} */
  #fixedStamp = null;
  /** @type {SnapshotCache<Snapshot>} */
  #cache = new SnapshotCache(MOST_BYTES);
  /** @type {Set<string>} */
  #under = new Set();
  /** @type {Set<string>} */
  #failed = new Set();
  #place = 0;
  /** @type {number|undefined} */
  #timer;
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

  /** @param {number} index @returns {Snapshot|null} what has been fetched of it */
  at(index) {
    const entry = this.entries[index];
    return (entry && this.#cache.get(keyOf(entry))) ?? null;
  }

  /** @param {number} place @returns {Snapshot|null} the nearest one that is there already */
  nearest(place) {
    const index = nearestFirst(this.entries.length, place).find((other) => this.at(other));
    return index === undefined ? null : this.at(index);
  }

  /** @param {number} place @returns {Pair|null} once both are there */
  pair(place) {
    const { before, after, share } = between(place, this.entries.length);
    const [from, to] = [this.at(before), this.at(after)];
    return from && to && { from, to, way: share };
  }

  /** @param {string} stamp of the UMAP over time @param {import("./snapshot.js").Fixed} fixed @returns {Promise<import("./aligned_maps.js").AlignedMaps>} */
  async aligned(stamp, fixed) {
    return parseAligned(await fetchFrame(`${this.base}/maps/umap?v=${stamp}`, "The UMAP over time"), fixed);
  }

  /** Fetch what lies around a place, the nearest first. @param {number} place */
  around(place) {
    this.#place = place;
    if (!this.fixed || this.#closed) return;
    const ordered = this.#nearestFirst(place);
    const missing = ordered.filter((entry) => !this.#cache.get(keyOf(entry)) && !this.#failed.has(keyOf(entry)));
    const near = new Set(ordered.slice(0, 2));
    const wanted = missing.filter((entry) => !this.#cache.full || near.has(entry));
    for (const entry of wanted) {
      if (this.#under.size >= AT_ONCE) return;
      if (!this.#under.has(keyOf(entry))) this.#fetch(entry, this.fixed);
    }
  }

  /** @param {number} place @returns {Entry[]} */
  #nearestFirst(place) {
    return nearestFirst(this.entries.length, place).map((index) => this.entries[index]);
  }

  async #read() {
    try {
      const response = await answer(`${this.base}/journal`, "The snapshots");
      const index = await response.json();
      if (response.status === 404) throw new Error(index.error);
      await this.#take(index);
      return true;
    } catch (error) {
      if (!this.#closed) this.told.failed(sentenceOf(error));
      return false;
    }
  }

  /** @param {import("./messages.js").JournalIndex} index */
  async #take({ at_work: atWork, epochs, fixed, snapshots }) {
    if (fixed !== null && fixed !== this.#fixedStamp) await this.#takeFixed(fixed);
    if (this.#closed) return;
    Object.assign(this, { atWork, epochs, entries: fixed === null ? [] : snapshots });
    this.#failed.clear();
    this.#trim();
    this.told.listed();
  }

  #trim() {
    this.#cache.trim(this.#nearestFirst(this.#place).map(keyOf));
  }

  /** @param {string} stamp */
  async #takeFixed(stamp) {
    this.fixed = parseFixed(await fetchFrame(`${this.base}/fixed?v=${stamp}`, "The images of the run"));
    this.#fixedStamp = stamp;
    this.#cache.trim([]);
  }

  /** @param {Entry} entry @param {import("./snapshot.js").Fixed} fixed what it shows */
  async #fetch(entry, fixed) {
    const key = keyOf(entry);
    this.#under.add(key);
    try {
      const frame = await fetchFrame(`${this.base}/snapshots/${entry.step}?v=${entry.stamp}`, "A snapshot");
      if (this.fixed === fixed) this.#cache.put(key, parseSnapshot(frame, fixed, this.flat));
      this.#trim();
    } catch (error) {
      this.#failed.add(key);
      this.#again(sentenceOf(error));
    }
    this.#under.delete(key);
    if (this.#closed) return;
    this.told.came();
    this.around(this.#place);
  }

  /** A snapshot that could not be had may have made room for others: the index tells. @param {string} message */
  #again(message) {
    if (this.#closed) return;
    this.told.failed(message);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), AGAIN_MS);
  }
}

/**
 * @template Header
 * @param {string} url @param {string} what is asked for, at the head of a sentence
 * @returns {Promise<import("../wire/messages.js").Frame<Header>>}
 */
async function fetchFrame(url, what) {
  const response = await answer(url, what);
  if (response.status === 404) throw new Error((await response.json()).error);
  return parseFrame(await response.arrayBuffer());
}

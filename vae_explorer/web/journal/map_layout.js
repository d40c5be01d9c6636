/** What the points of a run are laid out on: the plane of each snapshot or, where it is chosen, the UMAP over time. */

import { sentenceOf } from "../wire/answers.js";
import { mixAligned } from "./aligned_maps.js";
import { mix } from "./snapshot.js";
import { placeOf } from "./timeline.js";
import { boundsAhead, nextBounds, union } from "./view_bounds.js";
import { alignedNote } from "./words.js";

/**
 * @import { Bounds } from "../plot/view.js"
 * @typedef {{n: number, labels: Uint8Array}} Points in drawing order
 */

/** @type {Bounds} */
const PRIOR = [-3, 3, -3, 3];
const UMAP_AXES = ["UMAP 1", "UMAP 2"];

export class MapLayout {
  #journal;
  #axes;
  #density;
  #changed;
  #stamp = "";
  #asked = "";
  /** @type {import("./aligned_maps.js").AlignedMaps|null} */
  #aligned = null;
  /** Of its maps, among the snapshots. @type {number[]} */
  #places = [];
  /** Of each snapshot and all after it. @type {(Bounds|null)[]} */
  #ahead = [];
  /** @type {Bounds|null} */
  #shown = null;

  /**
   * @param {import("./journal.js").Journal} journal
   * @param {{axes: string[], density: boolean}} plane @param {() => void} changed when the points are others
   */
  constructor(journal, { axes, density }, changed) {
    this.#journal = journal;
    this.#axes = axes;
    this.#density = density;
    this.#changed = changed;
  }

  /** @param {string} stamp of the UMAP over time; empty: the plane */
  choose(stamp) {
    if (stamp === this.#stamp) return;
    [this.#stamp, this.#asked, this.#aligned] = [stamp, "", null];
    this.#changed();
  }

  /** @returns {Points|null} those that are shown; another object when they are others, null before they have come */
  get points() {
    return this.#aligned ?? this.#journal.fixed;
  }

  /** Their names. */
  get axes() {
    return this.#aligned ? UMAP_AXES : this.#axes;
  }

  /** Whether the axes' zero means something. */
  get zeros() {
    return !this.#aligned;
  }

  /** The query of a film on this map. */
  get query() {
    return this.#aligned ? "?map=umap" : "";
  }

  /** What is to be known of the map, or nothing. */
  get note() {
    const { entries, fixed } = this.#journal;
    return this.#aligned && fixed ? alignedNote(this.#aligned.steps.length, entries.length, this.#aligned.n, fixed.n) : "";
  }

  /** The snapshots are others, or looked at again. */
  list() {
    const { entries } = this.#journal;
    this.#fetch();
    this.#ahead = boundsAhead(entries.map(({ bounds }) => bounds));
    const steps = entries.map(({ step }) => step);
    this.#places = this.#aligned?.steps.map((step) => placeOf(steps, step)) ?? [];
  }

  /** @param {number} place among the snapshots @returns {Bounds} what part of the map is shown there */
  bounds(place) {
    const needed = union([this.#ahead[Math.floor(place)], this.#density ? PRIOR : null]) ?? PRIOR;
    this.#shown = nextBounds(this.#shown, needed);
    return this.#aligned?.bounds ?? this.#shown;
  }

  /**
   * Positions, written into `into`: at a place among the snapshots, or on the way between two that are there.
   * @param {import("./snapshot.js").Places} into @param {number} place @param {import("./journal.js").Pair} pair
   */
  put(into, place, { from, to, way }) {
    if (this.#aligned) mixAligned(into, this.#aligned, this.#places, place);
    else mix(into, from, to, way);
  }

  /** Once for each stamp, and not before it is known which images there are. */
  async #fetch() {
    const [stamp, { fixed }] = [this.#stamp, this.#journal];
    if (!stamp || stamp === this.#asked || !fixed) return;
    this.#asked = stamp;
    try {
      const found = await this.#journal.aligned(stamp, fixed);
      if (stamp !== this.#stamp) return;
      this.#aligned = found;
      this.#changed();
    } catch (error) {
      if (stamp === this.#stamp) this.#journal.told.failed(sentenceOf(error));
    }
  }
}

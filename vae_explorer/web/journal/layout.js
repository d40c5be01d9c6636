/** What the points of a run are laid out on: the plane of each snapshot or, where it is chosen, the UMAP over time. */

import { mixAligned } from "./aligned.js";
import { around } from "./field.js";
import { ahead, held } from "./hold.js";
import { placeOf } from "./places.js";
import { mix } from "./snapshot.js";
import { alignedNote } from "./words.js";

const PRIOR = [-3, 3, -3, 3];
const UMAP_AXES = ["UMAP 1", "UMAP 2"];

export class Layout {
  #journal;
  #axes;
  #density;
  #changed;
  #stamp = "";
  #asked = "";
  /** @type {import("./aligned.js").Aligned|null} */
  #aligned = null;
  #places = [];
  #ahead = [];
  #held = null;

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

  /** @returns {{n: number, labels: Uint8Array}} the points that are shown, in drawing order; another object when they are others */
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
    return this.#aligned ? alignedNote(this.#aligned.steps.length, entries.length, this.#aligned.n, fixed.n) : "";
  }

  /** The snapshots are others, or looked at again. */
  list() {
    const { entries } = this.#journal;
    this.#fetch();
    this.#ahead = ahead(entries.map(({ bounds }) => bounds));
    const steps = entries.map(({ step }) => step);
    this.#places = this.#aligned?.steps.map((step) => placeOf(steps, step)) ?? [];
  }

  /** @param {number} place among the snapshots @returns {import("./hold.js").Box} what part of the map is held there */
  box(place) {
    const boxes = [this.#ahead[Math.floor(place)], this.#density ? PRIOR : null].filter(Boolean);
    this.#held = held(this.#held, around(boxes) ?? PRIOR);
    return this.#aligned?.bounds ?? this.#held;
  }

  /**
   * Positions, written into `into`: at a place among the snapshots, or on the way between two that are there.
   * @param {{xs: Float32Array, ys: Float32Array}} into @param {number} place
   * @param {import("./snapshot.js").Snapshot} from @param {import("./snapshot.js").Snapshot} to @param {number} way 0…1
   */
  put(into, place, from, to, way) {
    if (this.#aligned) mixAligned(into, this.#aligned, this.#places, place);
    else mix(into, from, to, way);
  }

  /** Once for each stamp, and not before it is known which images there are. */
  async #fetch() {
    const stamp = this.#stamp;
    if (!stamp || stamp === this.#asked || !this.#journal.fixed) return;
    this.#asked = stamp;
    try {
      const found = await this.#journal.aligned(stamp);
      if (stamp !== this.#stamp) return;
      this.#aligned = found;
      this.#changed();
    } catch (error) {
      if (stamp === this.#stamp) this.#journal.told.failed(error.message);
    }
  }
}

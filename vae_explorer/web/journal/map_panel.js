/** The map with its legend and the note below it: the points of one layout, in the colours of their classes. */

import { Legend } from "../legend/legend.js";
import { element } from "../pieces/element.js";
import { countsOf } from "../plot/cloud.js";
import { MapView } from "./map_view.js";
import { calm } from "../pieces/calm.js";
import { setExplained } from "../pieces/terms.js";

/**
 * @typedef {{names: string[], colours: string[], note: string}} Classes
 * @typedef {import("./map_layout.js").MapLayout} MapLayout
 * @typedef {import("./map_layout.js").Points} Points
 */

export class MapPanel {
  /** What is shown. @type {{points: Points, classes: Classes, layout: MapLayout}|null} */
  #shown = null;
  /** @type {Set<number>} */
  #hidden = new Set();
  /** @type {import("./snapshot.js").Places} */
  #places = { xs: new Float32Array(0), ys: new Float32Array(0) };
  #view = new MapView();
  #legend = new Legend((hidden) => this.#hide(hidden));
  #note = element("p", "journal-note journal-aligned");
  #changed;

  /** @param {() => void} changed when it is to be drawn again */
  constructor(changed) {
    this.#changed = changed;
    this.legend = this.#legend.root;
    this.nodes = [this.#view.root, this.#note];
  }

  /** Whether there are points to be shown. */
  get ready() {
    return this.#shown !== null;
  }

  /** @returns {boolean} whether its size became another */
  measure() {
    return this.#view.measure();
  }

  /** Of other points, the view is taken at once. @param {MapLayout} layout @param {Classes} classes */
  show(layout, classes) {
    const { points } = layout;
    if (!points || points === this.#shown?.points) return;
    this.#shown = { points, classes, layout };
    this.#places = { xs: new Float32Array(points.n), ys: new Float32Array(points.n) };
    this.#view.reset();
    setExplained(this.#note, layout.note);
    this.#colour();
  }

  /** @param {import("../plot/view.js").Bounds} bounds what part of the map is to be seen */
  aim(bounds) {
    this.#view.aim(bounds);
  }

  /** @param {number} place among the snapshots @param {import("./journal.js").Pair} pair @returns {boolean} whether it wants another frame */
  draw(place, pair) {
    if (!this.#shown) return false;
    const { layout } = this.#shown;
    layout.put(this.#places, place, pair);
    this.#view.aim(layout.bounds(place));
    return this.#view.draw(this.#places, calm());
  }

  /** @param {Set<number>} hidden */
  #hide(hidden) {
    this.#hidden = hidden;
    this.#colour();
    this.#changed();
  }

  #colour() {
    if (!this.#shown) return;
    const { points, classes, layout } = this.#shown;
    this.#view.dress(points.labels, classes.colours, this.#hidden, layout);
    this.#view.measure();
    this.#legend.update({ title: "Class", ...classes }, "category", countsOf(points.labels, classes.names.length), this.#hidden);
  }
}

/** Which points are hidden with their category, and which are selected by hand. */

import { polygonOf, selection, simplified } from "./area.js";
import { cloud, countsOf, groupsOf } from "../plot/cloud.js";
import { only } from "../legend/legend.js";
import { selectionText } from "./words.js";

/**
 * @import { Outbox } from "../wire/outbox.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 */

export class Filter {
  /** Ids of the legend's categories. @type {Set<number>} */
  hidden = new Set();
  /** One flag a point, in drawing order; null when nothing is selected. @type {Uint8Array|null} */
  selected = null;
  count = 0;
  /** HIDDEN, FADED or SHOWN, one a point. @type {Uint8Array} */
  groups = new Uint8Array(0);
  /** @type {Cloud} */
  #cloud = cloud(0, { x: new Float32Array(0) });
  /** @type {string[]} */
  #classes = [];
  /** @type {string[]} */
  #traits = [];
  /** @type {string[]} */
  #categories = [];
  /** @type {Place[]|null} */
  #polygon = null;
  #out;
  #changed;

  /** @param {Outbox} out @param {() => void} changed */
  constructor(out, changed) {
    this.#out = out;
    this.#changed = changed;
  }

  /**
   * Take over what the page says.
   * @param {Pick<MapData, "hidden"|"classes"|"traits"|"legend"|"area">} data @param {Cloud} points
   * @param {boolean} elsewhere an area drawn before means nothing there
   */
  adopt({ hidden, classes, traits, legend, area }, points, elsewhere) {
    this.#traits = traits;
    [this.#cloud, this.#classes, this.#categories] = [points, classes, legend.names];
    if (elsewhere) this.#polygon = null;
    if (this.#out.adopt("hidden", hidden)) this.hidden = new Set(hidden);
    if (this.#out.adopt("area", area)) this.#polygon = polygonOf(area);
    this.#regroup();
  }

  /** @param {Set<number>} hidden */
  hide(hidden) {
    this.hidden = hidden;
    this.#out.put("hidden", [...hidden].sort((a, b) => a - b));
    this.#regroup();
  }

  /** Show one category alone. @param {number} id */
  isolate(id) {
    this.hide(only(id, this.#categories.length));
  }

  /** @param {Place[]} drawn data units; without a point in it, nothing is selected */
  select(drawn) {
    const polygon = simplified(drawn);
    this.#keep(selection(this.#cloud, this.groups, polygon).count ? polygon : null);
  }

  clear() {
    this.#keep(null);
  }

  /** Whether every category is hidden. */
  get empty() {
    return this.#categories.length > 0 && this.#categories.every((_, id) => this.hidden.has(id));
  }

  /** @returns {string} "" when nothing is selected */
  get text() {
    if (!this.selected) return "";
    const counts = countsOf(this.#cloud.classes, this.#classes.length, this.selected);
    return selectionText(this.count, counts, this.#classes, this.#traits);
  }

  /** @param {Place[]|null} polygon */
  #keep(polygon) {
    this.#polygon = polygon;
    this.#out.put("area", polygon?.flat() ?? null);
    this.#regroup();
  }

  #regroup() {
    const visible = groupsOf(this.#cloud, this.hidden, null);
    Object.assign(this, selection(this.#cloud, visible, this.#polygon));
    this.groups = this.selected ? groupsOf(this.#cloud, this.hidden, this.selected) : visible;
    this.#changed();
  }
}

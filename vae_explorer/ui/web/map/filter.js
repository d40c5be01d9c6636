/** Which points are hidden with their class, and which are selected by hand. */

import { classCounts, groupsOf } from "./cloud.js";
import { pointsWithin } from "./lasso.js";
import { selectionText } from "./words.js";

export class Filter {
  /** @type {Set<number>} class ids */
  hidden = new Set();
  /** One flag a point, in drawing order; null when nothing is selected. @type {Uint8Array|null} */
  selected = null;
  count = 0;
  groups = new Uint8Array(0);
  #cloud = null;
  #classes = [];
  #out;
  #changed;

  /** @param {import("../outbox.js").Outbox} out @param {() => void} changed */
  constructor(out, changed) {
    this.#out = out;
    this.#changed = changed;
  }

  /** Take over what the page says. @param {boolean} otherModel the selection means nothing there */
  adopt({ hidden, classes }, cloud, otherModel) {
    [this.#cloud, this.#classes] = [cloud, classes];
    if (otherModel) this.#keep(null, 0);
    if (this.#out.adopt("hidden", hidden)) this.hidden = new Set(hidden);
    this.#regroup();
  }

  /** @param {Set<number>} hidden */
  hide(hidden) {
    this.hidden = hidden;
    this.#out.put("hidden", [...hidden].sort((a, b) => a - b));
    this.#regroup();
  }

  /** @param {[number, number][]} polygon data units; without a point in it, nothing is selected */
  select(polygon) {
    const { flags, count } = pointsWithin(this.#cloud, this.groups, polygon);
    this.#keep(count ? flags : null, count);
    this.#regroup();
  }

  clear() {
    this.#keep(null, 0);
    this.#regroup();
  }

  /** @returns {number[]} points a class */
  get counts() {
    return classCounts(this.#cloud.labels, this.#classes.length);
  }

  /** Whether every class is hidden. */
  get empty() {
    return this.#classes.length > 0 && this.#classes.every((_, id) => this.hidden.has(id));
  }

  /** @returns {string} "" when nothing is selected */
  get text() {
    if (!this.selected) return "";
    return selectionText(this.count, classCounts(this.#cloud.labels, this.#classes.length, this.selected), this.#classes);
  }

  #keep(flags, count) {
    this.selected = flags;
    this.count = count;
  }

  #regroup() {
    this.groups = groupsOf(this.#cloud, this.hidden, this.selected);
    this.#changed();
  }
}

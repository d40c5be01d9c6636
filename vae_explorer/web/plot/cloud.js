/**
 * The points of a map, in the order they are drawn: a fixed shuffle, so that no category lies on top of the others.
 *
 * @typedef {{n: number, xs: Float32Array, ys: Float32Array, labels: Uint8Array, classes: Uint8Array,
 *   values: Float32Array|null, places: Uint32Array, order: Uint32Array, rank: Int32Array}} Cloud
 *   labels are ids of the legend's categories, classes those of the data set; places[k] is the place of the point drawn k-th
 *   among the points, order[k] the number of its image in the data set, and rank[index] that k, −1 of an image that is no point
 */

/**
 * @import { Column } from "../pieces/columns.js"
 * @import { Place } from "./view.js"
 */

/** What a point is at present; the groups of a cloud. */
export const HIDDEN = 0;
export const FADED = 1;
export const SHOWN = 2;

/** A small generator (mulberry32): the same shuffle in every browser, at every visit. @param {number} seed */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {number} n @returns {Uint32Array} a fixed pseudo-random permutation of 0…n-1 */
export function shuffle(n) {
  const random = generator(n);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** With one latent unit there is no second axis: a strip, its height without meaning and always the same. @param {Column} x */
function strip(x) {
  let extent = 0;
  for (const value of x) extent = Math.max(extent, Math.abs(value));
  const random = generator(1);
  return Float32Array.from(x, () => (random() - 0.5) * 0.3 * (extent || 1));
}

/**
 * @param {number} n
 * @param {{x: Column, y?: Column, label?: Column, class?: Column, value?: Column, image?: Column}} columns in data set order;
 *   image: the numbers of the images that are points, ascending, where these are not all
 * @returns {Cloud}
 */
export function cloud(n, { x, y, label, class: classed, value, image }) {
  const places = shuffle(n);
  /** @param {Column} column */
  const numbers = (column) => Float32Array.from(places, (place) => column[place]);
  /** @param {Column|undefined} column */
  const ids = (column) => (column ? Uint8Array.from(places, (place) => column[place]) : new Uint8Array(n));
  const order = image ? places.map((place) => image[place]) : places;
  const rank = new Int32Array(image && n ? image[n - 1] + 1 : n).fill(-1);
  order.forEach((index, k) => (rank[index] = k));
  return {
    n,
    places,
    order,
    rank,
    xs: numbers(x),
    ys: numbers(y ?? strip(x)),
    labels: ids(label),
    classes: ids(classed),
    values: value ? numbers(value) : null,
  };
}

/** @param {Pick<Cloud, "rank"|"xs"|"ys">} cloud @param {number} index of an image @returns {Place|null} data units; null where it is no point */
export function placeOf({ rank, xs, ys }, index) {
  const k = rank[index] ?? -1;
  return k < 0 ? null : [xs[k], ys[k]];
}

/**
 * @param {Cloud} cloud @param {Set<number>} hidden ids of categories
 * @param {Uint8Array|null} selected one flag a point, in drawing order; null when nothing is selected
 * @returns {Uint8Array} HIDDEN, FADED or SHOWN
 */
export function groupsOf({ labels }, hidden, selected) {
  return labels.map((label, k) => (hidden.has(label) ? HIDDEN : !selected || selected[k] ? SHOWN : FADED));
}

/** @param {Uint8Array} labels @param {number} total of categories @param {Uint8Array} [only] flags @returns {number[]} points a category */
export function countsOf(labels, total, only) {
  const counts = new Array(total).fill(0);
  for (let k = 0; k < labels.length; k++) if ((!only || only[k]) && labels[k] < total) counts[labels[k]] += 1;
  return counts;
}

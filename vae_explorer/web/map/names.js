/** Names of the legend's categories, each written in the middle of its visible points. */

import { HIDDEN } from "../plot/cloud.js";
import { written } from "../plot/strokes.js";
import { toScreen } from "../plot/view.js";

/**
 * @import { Theme } from "../pieces/theme.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, Size, View } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 */
/**
 * @typedef {{id: number, place: Place}} Centre in data units
 * @typedef {{place: Place, width: number, height: number}} Box around its place, CSS px
 */

const FONT_PX = 17;
const GAP_PX = 3;
/** Where a name goes when another one is in its place: up and down, ever farther. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

/** @param {number[]} values @returns {number} */
const median = (values) => Float64Array.from(values).sort()[values.length >> 1];

/**
 * The middle of every category: of its visible points that one which is nearest to their median in x and y, so that a
 * name stands on its own points where these lie around others.
 * @param {Pick<Cloud, "xs"|"ys"|"labels">} cloud @param {Uint8Array} groups HIDDEN or not, one a point
 * @param {number[]} ids categories that have a middle @returns {Centre[]} those with points, the largest first
 */
export function centres({ xs, ys, labels }, groups, ids) {
  /** @type {Map<number, number[]>} */
  const members = new Map(ids.map((id) => [id, []]));
  for (let k = 0; k < labels.length; k++) {
    if (groups[k] !== HIDDEN && Number.isFinite(xs[k]) && Number.isFinite(ys[k])) members.get(labels[k])?.push(k);
  }
  const found = [...members].filter(([, points]) => points.length).sort(([, one], [, other]) => other.length - one.length);
  return found.map(([id, points]) => {
    const [x, y] = [median(points.map((k) => xs[k])), median(points.map((k) => ys[k]))];
    /** @param {number} k */
    const far = (k) => (xs[k] - x) ** 2 + (ys[k] - y) ** 2;
    const nearest = points.reduce((best, k) => (far(k) < far(best) ? k : best));
    return { id, place: [xs[nearest], ys[nearest]] };
  });
}

/** @param {Box} one @param {Box} other */
const overlap = (one, other) =>
  Math.abs(one.place[0] - other.place[0]) < (one.width + other.width) / 2 + GAP_PX &&
  Math.abs(one.place[1] - other.place[1]) < (one.height + other.height) / 2;

/** @param {Box[]} boxes the first to be placed first @returns {Box[]} the same, moved up or down where they would lie on each other */
export function apart(boxes) {
  /** @type {Box[]} */
  const placed = [];
  for (const box of boxes) {
    const [x, y] = box.place;
    const tries = STEPS.map((step) => ({ ...box, place: /** @type {Place} */ ([x, y + step * box.height]) }));
    placed.push(tries.find((one) => !placed.some((other) => overlap(one, other))) ?? box);
  }
  return placed;
}

/** Keeps the middles, and finds them again only for other points or others hidden. */
export class NameLayer {
  #key = "";
  /** @type {Cloud|null} */
  #cloud = null;
  /** @type {Centre[]} */
  #centres = [];

  /**
   * @param {import("../pieces/svg_context.js").Pen} context its origin at the plot's top left, in CSS px
   * @param {{cloud: Cloud, groups: Uint8Array, hidden: Set<number>, legend: MapData["legend"]}} points
   * @param {{view: View, size: Size}} surface @param {Theme} theme
   * @returns {boolean} whether there are any
   */
  draw(context, { cloud, groups, hidden, legend }, { view, size }, theme) {
    this.#update(cloud, groups, hidden, legend.centred);
    context.font = `700 ${FONT_PX}px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const names = this.#centres.map(({ id }) => legend.names[id]);
    const boxes = this.#centres.map(({ place }, i) => {
      return { place: toScreen(view, size, place), width: context.measureText(names[i]).width, height: FONT_PX };
    });
    apart(boxes).forEach(({ place }, i) => written(context, names[i], place, theme));
    return names.length > 0;
  }

  /** @param {Cloud} cloud @param {Uint8Array} groups @param {Set<number>} hidden @param {number[]} ids */
  #update(cloud, groups, hidden, ids) {
    const key = JSON.stringify([[...hidden].sort(), ids]);
    if (cloud === this.#cloud && key === this.#key) return;
    [this.#cloud, this.#key] = [cloud, key];
    this.#centres = centres(cloud, groups, ids);
  }
}

/** Where there is room for pictures: how far apart the visible points lie, and which of them get one. */

import { HIDDEN, SHOWN } from "../plot/cloud.js";
import { toData, toScreen } from "../plot/view.js";

/**
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Size, View } from "../plot/view.js"
 */

const CELL_PX = 64;
const AROUND_PX = 128;
const MOST = 400;
const [FAINT_PX, CLEAR_PX] = [20, 36];
const [LEAST_PX, LARGEST_PX] = [20, 56];
/** How much of a picture another may cover. */
const OVERLAP = 0.3;

/**
 * The visible points in the plot and a little around it, in drawing order.
 * @param {Cloud} cloud @param {Uint8Array} groups
 * @param {View} view @param {Size} size
 * @returns {Uint32Array} drawing positions
 */
export function pointsInSight({ n, xs, ys }, groups, view, { width, height }) {
  const reach = [width / 2 + AROUND_PX, height / 2 + AROUND_PX].map((room) => room / view.scale);
  const [x0, x1, y0, y1] = [view.x - reach[0], view.x + reach[0], view.y - reach[1], view.y + reach[1]];
  const found = new Uint32Array(n);
  let count = 0;
  for (let k = 0; k < n; k++) if (xs[k] > x0 && xs[k] < x1 && ys[k] > y0 && ys[k] < y1 && groups[k] !== HIDDEN) found[count++] = k;
  return found.subarray(0, count);
}

/**
 * The typical distance of the points in the plot, CSS px, where there are any: the plot is counted in squares of 64 px.
 * @param {Cloud} cloud @param {Uint32Array} sight from pointsInSight
 * @param {View} view @param {Size} size
 * @returns {number} at most 64; Infinity when there is none
 */
export function spacing({ xs, ys }, sight, view, size) {
  const [columns, rows] = [Math.ceil(size.width / CELL_PX), Math.ceil(size.height / CELL_PX)];
  const taken = new Uint8Array(columns * rows);
  const [left, top] = toScreen(view, size, [0, 0]);
  let [points, cells] = [0, 0];
  for (const k of sight) {
    const x = left + view.scale * xs[k];
    const y = top - view.scale * ys[k];
    if (x < 0 || x >= size.width || y < 0 || y >= size.height) continue;
    const cell = Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX);
    points += 1;
    cells += 1 - taken[cell];
    taken[cell] = 1;
  }
  return points ? CELL_PX * Math.sqrt(cells / points) : Infinity;
}

/** @param {number} distance typical, CSS px @returns {number} opacity of the pictures: 0 up to 20 px, 1 from 36 px */
export const clearness = (distance) => Math.min(1, Math.max(0, (distance - FAINT_PX) / (CLEAR_PX - FAINT_PX)));

/** @param {number} distance typical, CSS px @returns {number} longer side of a picture, CSS px, 20 to 56 in steps of 4, so that it stays while panning */
export const pictureSide = (distance) => 4 * Math.round(Math.min(LARGEST_PX, Math.max(LEAST_PX, distance)) / 4);

/** The side of a square, data units: a power of two, so that zooming in divides squares and nothing jumps. @param {View} view @param {Size} size @param {number} side */
function squareSide(view, { width, height }, side) {
  const least = Math.max((1 - OVERLAP) * side, Math.sqrt((width * height) / MOST));
  return 2 ** Math.ceil(Math.log2(least / view.scale));
}

/**
 * The first point of every square, in drawing order; -1 where there is none.
 * @param {Cloud} cloud @param {Uint8Array} groups @param {Uint32Array} sight @param {View} view @param {Size} size @param {number} square side, data units
 */
function firstOfSquares({ xs, ys }, groups, sight, view, size, square) {
  const [x0, y1] = toData(view, size, [-AROUND_PX, -AROUND_PX]);
  const [x1, y0] = toData(view, size, [size.width + AROUND_PX, size.height + AROUND_PX]);
  const [left, bottom] = [Math.floor(x0 / square) - 1, Math.floor(y0 / square) - 1];
  const [columns, rows] = [Math.floor(x1 / square) + 2 - left, Math.floor(y1 / square) + 2 - bottom];
  const first = new Int32Array(columns * rows).fill(-1);
  for (const k of sight) {
    if (groups[k] !== SHOWN) continue;
    const at = (Math.floor(ys[k] / square) - bottom) * columns + Math.floor(xs[k] / square) - left;
    if (first[at] < 0) first[at] = k;
  }
  return { first, columns };
}

/**
 * The points that get a picture: one in each square of the plane, none that another covers much of.
 *
 * The choice hangs on the points alone and not on where the plot begins, so pictures stay while the map is panned.
 * @param {Cloud} cloud @param {Uint8Array} groups only SHOWN points are chosen
 * @param {Uint32Array} sight from pointsInSight
 * @param {View} view @param {Size} size @param {number} side of a picture, CSS px
 * @returns {number[]} drawing positions, at most 400
 */
export function chosenPoints(cloud, groups, sight, view, size, side) {
  const { first, columns } = firstOfSquares(cloud, groups, sight, view, size, squareSide(view, size, side));
  const reach = ((1 - OVERLAP) * side) / view.scale;
  /** @param {number} a @param {number} b */
  const near = (a, b) => Math.max(Math.abs(cloud.xs[a] - cloud.xs[b]), Math.abs(cloud.ys[a] - cloud.ys[b])) < reach;
  const around = [-columns - 1, -columns, 1 - columns, -1, 1, columns - 1, columns, columns + 1];
  /** @param {number} k @param {number} at */
  const free = (k, at) => k >= 0 && !around.some((step) => first[at + step] >= 0 && first[at + step] < k && near(k, first[at + step]));
  return [...first.filter(free)].sort((a, b) => a - b).slice(0, MOST);
}

/** Where there is room for pictures: how far apart the visible points lie, and which of them get one. */

import { HIDDEN, SHOWN } from "./cloud.js";
import { toData, toScreen } from "./view.js";

const CELL_PX = 64;
const MOST = 400;
const [FAINT_PX, CLEAR_PX] = [20, 36];
const [LEAST_PX, LARGEST_PX] = [20, 56];
/** How much of a picture another may cover. */
const OVERLAP = 0.3;

/**
 * The typical distance of visible points, CSS px, where there are any: the plot is counted in squares of 64 px.
 * @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups
 * @param {import("./view.js").View} view @param {import("./view.js").Size} size
 * @returns {number} at most 64; Infinity when none is visible
 */
export function spacing({ n, xs, ys }, groups, view, size) {
  const [columns, rows] = [Math.ceil(size.width / CELL_PX), Math.ceil(size.height / CELL_PX)];
  const taken = new Uint8Array(columns * rows);
  const [left, top] = toScreen(view, size, [0, 0]);
  let [points, cells] = [0, 0];
  for (let k = 0; k < n; k++) {
    const x = left + view.scale * xs[k];
    const y = top - view.scale * ys[k];
    if (groups[k] === HIDDEN || !(x >= 0 && x < size.width && y >= 0 && y < size.height)) continue;
    const cell = Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX);
    points += 1;
    cells += 1 - taken[cell];
    taken[cell] = 1;
  }
  return points ? CELL_PX * Math.sqrt(cells / points) : Infinity;
}

/** @param {number} distance typical, CSS px @returns {number} opacity of the pictures: 0 up to 20 px, 1 from 36 px */
export const clearness = (distance) => Math.min(1, Math.max(0, (distance - FAINT_PX) / (CLEAR_PX - FAINT_PX)));

/** @param {number} distance typical, CSS px @returns {number} longer side of a picture, whole CSS px, 20 to 56 */
export const pictureSide = (distance) => Math.round(Math.min(LARGEST_PX, Math.max(LEAST_PX, distance)));

/** The side of a square, data units: a power of two, so that zooming in divides squares and nothing jumps. */
function squareSide(view, { width, height }, side) {
  const least = Math.max((1 - OVERLAP) * side, Math.sqrt((width * height) / MOST));
  return 2 ** Math.ceil(Math.log2(least / view.scale));
}

/** The first point of every square, in drawing order; -1 where there is none. */
function firstOfSquares({ n, xs, ys }, groups, view, size, square) {
  const [x0, y1] = toData(view, size, [0, 0]);
  const [x1, y0] = toData(view, size, [size.width, size.height]);
  const [left, bottom] = [Math.floor(x0 / square) - 1, Math.floor(y0 / square) - 1];
  const [columns, rows] = [Math.floor(x1 / square) + 2 - left, Math.floor(y1 / square) + 2 - bottom];
  const first = new Int32Array(columns * rows).fill(-1);
  for (let k = 0; k < n; k++) {
    const column = Math.floor(xs[k] / square) - left;
    const row = Math.floor(ys[k] / square) - bottom;
    if (groups[k] !== SHOWN || !(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
    if (first[row * columns + column] < 0) first[row * columns + column] = k;
  }
  return { first, columns };
}

/**
 * The points that get a picture: one in each square of the plane, none that another covers much of.
 *
 * The choice hangs on the points alone and not on where the plot begins, so pictures stay while the map is panned.
 * @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups only SHOWN points are chosen
 * @param {import("./view.js").View} view @param {import("./view.js").Size} size @param {number} side of a picture, CSS px
 * @returns {number[]} drawing positions, at most 400; those farther than a square outside the plot are left out
 */
export function chosenPoints(cloud, groups, view, size, side) {
  const { first, columns } = firstOfSquares(cloud, groups, view, size, squareSide(view, size, side));
  const reach = ((1 - OVERLAP) * side) / view.scale;
  const near = (a, b) => Math.max(Math.abs(cloud.xs[a] - cloud.xs[b]), Math.abs(cloud.ys[a] - cloud.ys[b])) < reach;
  const around = [-columns - 1, -columns, 1 - columns, -1, 1, columns - 1, columns, columns + 1];
  const free = (k, at) => k >= 0 && !around.some((step) => first[at + step] >= 0 && first[at + step] < k && near(k, first[at + step]));
  return [...first.filter(free)].sort((a, b) => a - b).slice(0, MOST);
}

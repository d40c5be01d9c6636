/** How densely the visible points lie: counted on a grid, blurred, and cut at levels that hold a share of them. */

import { HIDDEN } from "./cloud.js";
import { boundsOf } from "./view.js";

const CELLS = 192;
const FEWEST = 10;
const [LEAST_BLUR, MOST_BLUR] = [1, 12];

/**
 * @typedef {{xs: Float32Array, ys: Float32Array}} Points
 * @typedef {{values: Float32Array, width: number, height: number, x: number, y: number, cell: number}} Grid
 *   node (i, j) is values[j * width + i] and lies at x + i * cell, y + j * cell; nodes at the rim are 0
 */

/** @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups @returns {Points} those with a place that are not hidden */
export function visiblePoints({ n, xs, ys }, groups) {
  /** @type {number[]} */
  const kept = [];
  for (let k = 0; k < n; k++) if (groups[k] !== HIDDEN && Number.isFinite(xs[k] + ys[k])) kept.push(k);
  return { xs: Float32Array.from(kept, (k) => xs[k]), ys: Float32Array.from(kept, (k) => ys[k]) };
}

/** @param {Float32Array} values */
function deviation(values) {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** Half of Scott's (1992) bandwidth, which suits one Gaussian and would blur clusters into each other; in cells. @param {Points} points @param {number} cell */
function blurOf({ xs, ys }, cell) {
  const bandwidth = 0.5 * Math.sqrt(deviation(xs) * deviation(ys)) * xs.length ** (-1 / 6);
  return Math.min(MOST_BLUR, Math.max(LEAST_BLUR, bandwidth / cell));
}

/** Every point shared among the four nodes around it. @param {Points} points @param {Grid} grid its values are added to */
function counted({ xs, ys }, grid) {
  for (let k = 0; k < xs.length; k++) {
    const [u, v] = [(xs[k] - grid.x) / grid.cell, (ys[k] - grid.y) / grid.cell];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [right, up, at] = [u - i, v - j, j * grid.width + i];
    grid.values[at] += (1 - right) * (1 - up);
    grid.values[at + 1] += right * (1 - up);
    grid.values[at + grid.width] += (1 - right) * up;
    grid.values[at + grid.width + 1] += right * up;
  }
}

/** @param {number} sigma cells */
function kernel(sigma) {
  const reach = Math.ceil(3 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** One pass of the blur; a rim as wide as the kernel is known to be empty. @param {Float32Array} values @param {number} step @param {Float64Array} weights */
function blurred(values, step, weights) {
  const reach = (weights.length - 1) / 2;
  const out = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    if (values[at] === 0) continue;
    for (let i = -reach; i <= reach; i++) out[at + i * step] += weights[i + reach] * values[at];
  }
  return out;
}

/**
 * Points a cell, blurred with a Gaussian, about 192 cells along the longer side of the points.
 * @param {Points} points @returns {Grid|null} null for fewer than ten points, which have no density to speak of
 */
export function densityGrid(points) {
  if (points.xs.length < FEWEST) return null;
  const [x0, x1, y0, y1] = boundsOf(points.xs, points.ys);
  const cell = Math.max(x1 - x0, y1 - y0) / CELLS;
  const sigma = blurOf(points, cell);
  const rim = Math.ceil(3 * sigma) + 2;
  const [width, height] = [x1 - x0, y1 - y0].map((extent) => Math.ceil(extent / cell) + 2 * rim + 1);
  const grid = { values: new Float32Array(width * height), width, height, x: x0 - rim * cell, y: y0 - rim * cell, cell };
  counted(points, grid);
  const weights = kernel(sigma);
  return { ...grid, values: blurred(blurred(grid.values, 1, weights), width, weights) };
}

/** @param {Grid} grid @param {number} x @param {number} y @returns {number} the density at a place inside, between nodes linear in each direction */
export function densityAt({ values, width, x: left, y: bottom, cell }, x, y) {
  const [u, v] = [(x - left) / cell, (y - bottom) / cell];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const [right, up, at] = [u - i, v - j, j * width + i];
  const low = (1 - right) * values[at] + right * values[at + 1];
  return (1 - up) * low + up * ((1 - right) * values[at + width] + right * values[at + width + 1]);
}

/**
 * The levels of highest-density regions: as dense as the sparsest of the densest share of the points (Hyndman 1996).
 * @param {Grid} grid @param {Points} points @param {number[]} shares 0…1 @returns {number[]} a density a share
 */
export function levelsOf(grid, { xs, ys }, shares) {
  const densities = Float32Array.from(xs, (x, k) => densityAt(grid, x, ys[k])).sort();
  return shares.map((share) => densities[Math.min(xs.length - 1, Math.round((1 - share) * xs.length))]);
}

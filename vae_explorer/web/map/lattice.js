/**
 * The lattice of decoded pictures: cells on a grid fixed in data units, so that they stay where they are when the view moves.
 *
 * @typedef {{step: number, rise: number, left: number, top: number, columns: number, rows: number}} Grid
 *   step and rise are a cell's width and height in data units; cell (column, row) reaches from (left + column) to one more
 *   step to the right and, y pointing up, from (top − row) to one more rise above
 * @typedef {{aspect: number, most: number, flat: boolean}} Shape height of a picture by its width; most cells; one row only
 */

import { MOST_PICTURES } from "../wire/parts.js";

/** @import { Place, Size, View } from "../plot/view.js" */

const LEAST_PX = 24;
const AIM = 961;
const MOST_BYTES = 2 ** 22;

/** How many pictures of this shape go into one sheet. @param {{c: number, h: number, w: number}} image */
export const mostCells = ({ c, h, w }) => Math.max(1, Math.min(MOST_PICTURES, Math.floor(MOST_BYTES / (c * h * w))));

/** The most cells of this width, CSS px, that a plot ever meets, wherever the view stands. @param {Size} size @param {number} px @param {Shape} shape */
function met({ width, height }, px, { aspect, flat }) {
  return (Math.ceil(width / px) + 1) * (flat ? 1 : Math.ceil(height / (px * aspect)) + 1);
}

/**
 * The step that the grid's others are powers of two of: about 30 × 30 cells when everything is shown.
 * @param {number} scale of the view that shows everything, CSS px a data unit
 * @param {Size} size @param {Shape} shape
 * @returns {number} data units
 */
export function baseStep(scale, size, shape) {
  let px = LEAST_PX / Math.min(1, shape.aspect);
  while (met(size, px, shape) > Math.min(AIM, shape.most)) px += 0.5;
  return px / scale;
}

/**
 * The finest grid that is allowed, over the whole plot.
 * @param {View} view @param {Size} size @param {number} base from baseStep @param {Shape} shape
 * @returns {Grid}
 */
export function latticeGrid(view, size, base, shape) {
  const least = LEAST_PX / Math.min(1, shape.aspect);
  let power = Math.ceil(Math.log2(least / (base * view.scale)) - 1e-9);
  while (met(size, base * 2 ** power * view.scale, shape) > shape.most) power += 1;
  const step = base * 2 ** power;
  const rise = step * shape.aspect;
  const [left, columns] = covering(view.x, size.width / view.scale, step);
  const [bottom, rows] = covering(view.y, size.height / view.scale, rise);
  const upright = shape.flat ? { top: -0.5, rows: 1 } : { top: bottom + rows - 1, rows };
  return { step, rise, left, columns, ...upright };
}

/** @param {number} centre @param {number} span @param {number} step @returns {[number, number]} the first cell of a span around the centre, and how many cover it */
function covering(centre, span, step) {
  const first = Math.floor((centre - span / 2) / step);
  return [first, Math.floor((centre + span / 2) / step) - first + 1];
}

/** @param {number} value */
const brief = (value) => Number(value.toPrecision(7));

/** @param {Grid} grid @returns {Place[]} the middle of each cell in data units, row by row from the top */
export function centres({ step, rise, left, top, columns, rows }) {
  /** @param {number} k @returns {Place} */
  const middle = (k) => [brief((left + (k % columns) + 0.5) * step), brief((top - Math.floor(k / columns) + 0.5) * rise)];
  return Array.from({ length: columns * rows }, (_, k) => middle(k));
}

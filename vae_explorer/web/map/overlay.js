/** What lies over the points: pointer, pin, the chosen point with its posterior and neighbours, the area being drawn. */

import { ellipse } from "./ellipse.js";
import { drawHalo } from "./halo.js";
import { drawNeighbours } from "./neighbours.js";
import { drawArea, outlined, ring, written } from "../plot/strokes.js";
import { toScreen } from "../plot/view.js";

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Place, Size, View } from "../plot/view.js"
 * @import { Located } from "./readout.js"
 */
/**
 * @typedef {{place: Place, covariance: [number, number, number]}} Posterior in the plane, data units
 * @typedef {{view: View, size: Size, pin: Place|null, chosen: boolean, pointer: Place|null, located: Located|null,
 *   posterior: Posterior|null, neighbours: Place[], near: Place|null, area: Place[]|null}} Marks
 *   pointer and area in CSS px, the rest in data units; chosen: whether the pin is a data point's
 */

/** Half an ellipse that is long enough for its name, CSS px. */
const NAMED_PX = 14;
/** The two directions of each axis. @type {Place[]} */
const CROSS = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/** @param {Pen} context @param {Place} pointer CSS px @param {Size} size @param {Theme} theme */
function drawPointer(context, pointer, size, theme) {
  context.strokeStyle = theme.text;
  context.globalAlpha = 0.25;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(0, Math.round(pointer[1]) + 0.5);
  context.lineTo(size.width, Math.round(pointer[1]) + 0.5);
  context.moveTo(Math.round(pointer[0]) + 0.5, 0);
  context.lineTo(Math.round(pointer[0]) + 0.5, size.height);
  context.stroke();
  ring(context, pointer, 3);
  outlined(context, theme, theme.text, 1.5);
}

/** @param {Pen} context @param {Place} pin CSS px @param {boolean} chosen @param {Theme} theme */
function drawPin(context, [x, y], chosen, theme) {
  ring(context, [x, y], chosen ? 4 : 7);
  for (const [dx, dy] of chosen ? [] : CROSS) {
    context.moveTo(x + 7 * dx, y + 7 * dy);
    context.lineTo(x + 13 * dx, y + 13 * dy);
  }
  outlined(context, theme, theme.primary, 2);
}

/** @param {Pen} context @param {Posterior} posterior @param {View} view @param {Size} size @param {Theme} theme */
function drawPosterior(context, posterior, view, size, theme) {
  const [x, y] = toScreen(view, size, posterior.place);
  const { long, short, angle } = ellipse(posterior.covariance);
  Object.assign(context, { font: `600 12px ${theme.font}`, textAlign: "center", textBaseline: "middle" });
  for (const sigmas of [1, 2]) {
    const reach = sigmas * long * view.scale;
    context.beginPath();
    context.ellipse(x, y, reach, sigmas * short * view.scale, -angle, 0, 2 * Math.PI);
    outlined(context, theme, theme.text, 1.5, sigmas === 2 ? [5, 4] : []);
    const end = /** @type {Place} */ ([x + reach * Math.cos(angle), y - reach * Math.sin(angle)]);
    if (long * view.scale >= NAMED_PX) written(context, `${sigmas}σ`, end, theme);
  }
}

/**
 * @param {Pen} context its origin at the plot's top left, in CSS px
 * @param {Marks} marks @param {Theme} theme
 */
export function drawOverlay(context, { view, size, chosen, pointer, located, posterior, neighbours, area, ...places }, theme) {
  /** @param {Place} place */
  const onScreen = (place) => toScreen(view, size, place);
  const pin = places.pin && onScreen(places.pin);
  if (area) drawArea(context, area, theme);
  if (posterior) drawPosterior(context, posterior, view, size, theme);
  if (neighbours.length) drawNeighbours(context, neighbours.map(onScreen), theme);
  const at = pointer ?? pin;
  if (located && at) drawHalo(context, at, located, view, size, theme);
  if (pointer) drawPointer(context, pointer, size, theme);
  if (pin) drawPin(context, pin, chosen, theme);
  if (!places.near) return;
  ring(context, onScreen(places.near), 5.5);
  outlined(context, theme, theme.text, 2);
}

/** What lies over the points: pointer, pin, the chosen point with its posterior and neighbours, the area being drawn. */

import { ellipse } from "./ellipse.js";
import { drawHalo } from "./halo.js";
import { drawNeighbours } from "./neighbours.js";
import { outlined, ring } from "../plot/strokes.js";
import { toScreen } from "../plot/view.js";

function drawPointer(context, { pointer, size }, theme) {
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

function drawPin(context, { view, size, pin, chosen }, theme) {
  const [x, y] = toScreen(view, size, pin);
  ring(context, [x, y], chosen ? 4 : 7);
  for (const [dx, dy] of chosen ? [] : [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + 7 * dx, y + 7 * dy);
    context.lineTo(x + 13 * dx, y + 13 * dy);
  }
  outlined(context, theme, theme.primary, 2);
}

function drawPosterior(context, { view, size, posterior }, theme) {
  const [x, y] = toScreen(view, size, posterior.place);
  const { long, short, angle } = ellipse(posterior.covariance);
  for (const sigmas of [1, 2]) {
    context.beginPath();
    context.ellipse(x, y, sigmas * long * view.scale, sigmas * short * view.scale, -angle, 0, 2 * Math.PI);
    outlined(context, theme, theme.text, 1.5, sigmas === 2 ? [5, 4] : []);
  }
}

function drawArea(context, { area }, theme) {
  context.beginPath();
  area.forEach(([x, y]) => context.lineTo(x, y));
  context.closePath();
  context.fillStyle = theme.primary;
  context.globalAlpha = 0.12;
  context.fill("evenodd");
  outlined(context, theme, theme.primary, 1.5, [5, 3]);
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{view: object, size: object, pin: [number, number]|null, chosen: boolean, pointer: [number, number]|null,
 *   told: import("./readout.js").Told|null,
 *   posterior: {place: [number, number], covariance: [number, number, number]}|null,
 *   neighbours: [number, number][], near: [number, number]|null, area: [number, number][]|null}} scene pointer and area in CSS px, the rest in data units
 */
export function drawOverlay(context, scene, theme) {
  if (scene.area) drawArea(context, scene, theme);
  if (scene.posterior) drawPosterior(context, scene, theme);
  if (scene.neighbours.length) drawNeighbours(context, scene, theme);
  const at = scene.pointer ?? (scene.pin && toScreen(scene.view, scene.size, scene.pin));
  if (scene.told && at) drawHalo(context, { ...scene, at }, theme);
  if (scene.pointer) drawPointer(context, scene, theme);
  if (scene.pin) drawPin(context, scene, theme);
  if (!scene.near) return;
  ring(context, toScreen(scene.view, scene.size, scene.near), 5.5);
  outlined(context, theme, theme.text, 2);
}

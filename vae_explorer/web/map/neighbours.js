/** Lines from the chosen point to its neighbours. */

import { outlined, ring } from "../plot/strokes.js";
import { toScreen } from "../plot/view.js";

const RADIUS_PX = 4;

/**
 * @param {{data: object, scene: object, choice: object}} map
 * @returns {[number, number][]} the chosen point's place, then those of its neighbours, data units; none while the page still
 *   names the neighbours of another point
 */
export function neighbourPlaces({ data: { neighbours, point }, scene: { cloud }, choice }) {
  if (!neighbours || choice.point === null || choice.point !== point) return [];
  const placeOf = (index) => [cloud.xs[cloud.rank[index]], cloud.ys[cloud.rank[index]]];
  return [point, ...neighbours.indices].filter((index) => index < cloud.n).map(placeOf);
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{view: object, size: object, neighbours: [number, number][]}} scene places in data units
 */
export function drawNeighbours(context, { view, size, neighbours }, theme) {
  const [from, ...to] = neighbours.map((place) => toScreen(view, size, place));
  context.beginPath();
  for (const [x, y] of to) {
    const length = Math.hypot(x - from[0], y - from[1]);
    if (length <= RADIUS_PX) continue;
    const kept = 1 - RADIUS_PX / length;
    context.moveTo(...from);
    context.lineTo(from[0] + kept * (x - from[0]), from[1] + kept * (y - from[1]));
  }
  outlined(context, theme, theme.text, 1);
  for (const place of to) {
    ring(context, place, RADIUS_PX);
    outlined(context, theme, theme.text, 1.2);
  }
}

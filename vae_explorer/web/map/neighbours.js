/** Lines from the chosen point to its neighbours. */

import { imagePlace } from "./image_place.js";
import { outlined, ring } from "../plot/strokes.js";

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 */

const RADIUS_PX = 4;

/**
 * @param {Pick<MapData, "neighbours"|"point"|"elsewhere">} data @param {number|null} chosen the data point that is chosen here
 * @param {Pick<Cloud, "xs"|"ys"|"rank">} cloud
 * @returns {Place[]} the chosen point's place, then those of its neighbours, data units; none while the page still
 *   names the neighbours of another point
 */
export function neighbourPlaces(data, chosen, cloud) {
  const { neighbours, point } = data;
  if (!neighbours || point === null || chosen !== point) return [];
  const places = [point, ...neighbours.indices].map((index) => imagePlace(data, cloud, index));
  return places[0] ? places.filter((place) => place !== null) : [];
}

/**
 * @param {Pen} context its origin at the plot's top left, in CSS px
 * @param {Place[]} places CSS px, the chosen point's first @param {Theme} theme
 */
export function drawNeighbours(context, [from, ...to], theme) {
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

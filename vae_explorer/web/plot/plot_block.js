/** A plot as a block of a saved picture: its axes, and what is drawn within them. */

import { drawAxes, drawAxisTitles, margins } from "./axes.js";
import { FADED, SHOWN } from "./cloud.js";
import { hex } from "./palette.js";
import { diameter } from "./scatter.js";
import { toScreen } from "./view.js";

/**
 * @import { Block } from "../pieces/blocks.js"
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Points } from "./density.js"
 * @import { Bounds, Place, Size, View } from "./view.js"
 */
/**
 * @typedef {{view: View, size: Size, titles: string[], zeros: boolean}} Frame
 *   titles of the axes: one for one latent unit; zeros: whether the axes' zero means something
 * @typedef {(pen: Pen) => void} Layer draws in CSS px from the plot's top left
 * @typedef {{cloud: Points & {n: number}, bounds: Bounds, colours: Uint32Array, groups: Uint8Array}} Coloured one colour and one group a point
 */

/** Points are drawn in so many rounds of all colours, so that no colour lies on top of all others. */
const ROUNDS = 16;
const GROUPS = [{ group: FADED, opacity: 0.15 }, { group: SHOWN, opacity: 1 }];

/** @param {Frame} frame @param {Layer[]} layers the lowest first @param {Theme} theme @returns {Block} */
export function plotBlock({ view, size, titles, zeros }, layers, theme) {
  const flat = titles.length < 2;
  const { left, right, top, bottom } = margins(flat);
  /** @param {Pen} pen */
  const draw = (pen) => {
    drawAxes(pen, { view, size, flat, zeros }, theme, 1);
    drawAxisTitles(pen, size, titles, theme);
    pen.translate(left, top);
    pen.beginPath();
    pen.rect(0, 0, size.width, size.height);
    pen.clip();
    for (const layer of layers) alone(pen, layer);
  };
  return { width: left + size.width + right, height: top + size.height + bottom, draw };
}

/** No layer is drawn with what another left of the pen's state. @param {Pen} pen @param {Layer} layer */
function alone(pen, layer) {
  pen.save();
  layer(pen);
  pen.restore();
}

/** @param {Pen} pen @param {Coloured} points @param {View} view @param {Size} size */
export function drawPoints(pen, points, view, size) {
  pen.lineCap = "round";
  pen.lineWidth = diameter(points.cloud.n, points.bounds, view.scale);
  for (const { group, opacity } of GROUPS) {
    pen.globalAlpha = opacity;
    for (let round = 0; round < ROUNDS; round++) {
      for (const [colour, places] of placesOf(points, view, size, group, round)) dots(pen, hex(colour), places);
    }
  }
}

/** @param {Place} at @param {Size} size @returns {boolean} */
const inside = ([x, y], { width, height }) => x >= 0 && x <= width && y >= 0 && y <= height;

/**
 * @param {Coloured} points @param {View} view @param {Size} size @param {number} group @param {number} round
 * @returns {Map<number, Place[]>} where the points of a group lie that this round draws, by colour
 */
function placesOf({ cloud, colours, groups }, view, size, group, round) {
  /** @type {Map<number, Place[]>} */
  const found = new Map();
  const end = Math.floor(((round + 1) * cloud.n) / ROUNDS);
  for (let k = Math.floor((round * cloud.n) / ROUNDS); k < end; k++) {
    const at = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    if (groups[k] !== group || !inside(at, size)) continue;
    const places = found.get(colours[k]) ?? [];
    found.set(colours[k], places);
    places.push(at);
  }
  return found;
}

/** A canvas draws no line of no length. @param {Pen} pen @param {string} colour @param {Place[]} places */
function dots(pen, colour, places) {
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const [x, y] of places) {
    pen.moveTo(x, y);
    pen.lineTo(x + 0.01, y);
  }
  pen.stroke();
}

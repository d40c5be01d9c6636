/** How far a place lies from the data, for the eye: a ring that is solid on data and faint where the map is empty. */

import { outlined, ring } from "../plot/strokes.js";
import { toScreen } from "../plot/view.js";

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Place, Size, View } from "../plot/view.js"
 * @import { Located } from "./readout.js"
 */

const FAR = 3;
const FAINTEST = 0.15;
const RADIUS = 15;
const APART_PX = 8;
const DOT_PX = 3.5;
/** A soft ring: [width, CSS px, opacity], the widest first. */
const GLOW = [[13, 0.15], [8, 0.3], [3, 1]];

/**
 * @param {number} distance to the data; 1 is as far as only 5 % of the images lie from their nearest
 * @returns {number} opacity: 1 up to there, then falling linearly to 0.15 at three times as far
 */
export const halo = (distance) => Math.max(FAINTEST, Math.min(1, 1 - ((1 - FAINTEST) * (distance - 1)) / (FAR - 1)));

/**
 * Where the decoded picture lands once it is encoded again, as a line to be drawn.
 * @param {Place} from @param {Place} to CSS px @param {Size} size
 * @returns {boolean} whether it is to be seen, and apart from where it came from
 */
export function lands([ax, ay], [bx, by], { width, height }) {
  return bx >= 0 && by >= 0 && bx <= width && by <= height && Math.hypot(bx - ax, by - ay) >= APART_PX;
}

/** @param {Pen} context @param {Place} from @param {Place} to CSS px @param {Theme} theme */
function drawLanding(context, [ax, ay], [bx, by], theme) {
  const kept = 1 - DOT_PX / Math.hypot(bx - ax, by - ay);
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(ax + (bx - ax) * kept, ay + (by - ay) * kept);
  outlined(context, theme, theme.text, 1);
  ring(context, [bx, by], DOT_PX);
  outlined(context, theme, theme.text, 1.2);
}

/**
 * @param {Pen} context its origin at the plot's top left, in CSS px
 * @param {Place} at what the ring goes around, CSS px @param {Located} located
 * @param {View} view @param {Size} size @param {Theme} theme
 */
export function drawHalo(context, at, located, view, size, theme) {
  const [from, to] = [located.place, located.landing].map((place) => place && toScreen(view, size, place));
  if (from && to && lands(from, to, size)) drawLanding(context, from, to, theme);
  context.setLineDash([]);
  context.strokeStyle = theme.primary;
  for (const [width, share] of GLOW) {
    ring(context, at, RADIUS);
    context.lineWidth = width;
    context.globalAlpha = share * halo(located.distance);
    context.stroke();
  }
}

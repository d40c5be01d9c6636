/** What lies over the points of a map: the chosen image, what is under the hand, the area being drawn. */

import { drawArea, outlined, ring } from "../plot/strokes.js";

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Place, Size } from "../plot/view.js"
 * @typedef {{chosen: Place|null, hand: Place|null, area: Place[]|null}} Marks CSS px
 */

/** @param {Pen} pen its origin at the plot's top left, in CSS px @param {Marks} marks @param {Size} size @param {Theme} theme */
export function drawMarks(pen, { chosen, hand, area }, size, theme) {
  if (area) drawArea(pen, area, theme);
  if (hand) drawHand(pen, hand, size, theme);
  if (!chosen) return;
  ring(pen, chosen, 5);
  outlined(pen, theme, theme.primary, 2);
}

/** @param {Pen} pen @param {Place} hand @param {Size} size @param {Theme} theme */
function drawHand(pen, [x, y], { width, height }, theme) {
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.25;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(0, Math.round(y) + 0.5);
  pen.lineTo(width, Math.round(y) + 0.5);
  pen.moveTo(Math.round(x) + 0.5, 0);
  pen.lineTo(Math.round(x) + 0.5, height);
  pen.stroke();
  ring(pen, [x, y], 5);
  outlined(pen, theme, theme.text, 2);
}

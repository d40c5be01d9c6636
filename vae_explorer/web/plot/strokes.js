/** The strokes of every mark on the overlay, and what is written over points. */

/** @import { Pen } from "../pieces/svg_context.js" */

const HALO_PX = 5;

/**
 * Dark on light and light on dark at once: every mark is drawn on a wider line of the background.
 * @param {Pen} context @param {import("../pieces/theme.js").Theme} theme
 * @param {string} colour @param {number} width CSS px @param {number[]} [dash]
 */
export function outlined(context, theme, colour, width, dash = []) {
  context.setLineDash([]);
  context.strokeStyle = theme.background;
  context.globalAlpha = 0.8;
  context.lineWidth = width + 2.5;
  context.stroke();
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.globalAlpha = 1;
  context.lineWidth = width;
  context.stroke();
}

/** What is being drawn around. @param {Pen} pen @param {import("./view.js").Place[]} area CSS px @param {import("../pieces/theme.js").Theme} theme */
export function drawArea(pen, area, theme) {
  pen.beginPath();
  area.forEach(([x, y]) => pen.lineTo(x, y));
  pen.closePath();
  pen.fillStyle = theme.primary;
  pen.globalAlpha = 0.12;
  pen.fill("evenodd");
  outlined(pen, theme, theme.primary, 1.5, [5, 3]);
}

/** Begins the path of a circle. @param {Pen} context @param {import("./view.js").Place} centre CSS px @param {number} radius CSS px */
export function ring(context, [x, y], radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Legible on any colour: text on a wide line of the background.
 * @param {Pen} context with the font @param {string} text
 * @param {import("./view.js").Place} centre CSS px @param {import("../pieces/theme.js").Theme} theme
 */
export function written(context, text, [x, y], theme) {
  context.setLineDash([]);
  context.lineJoin = "round";
  context.strokeStyle = theme.background;
  context.lineWidth = HALO_PX;
  context.strokeText(text, x, y);
  context.fillStyle = theme.text;
  context.fillText(text, x, y);
}

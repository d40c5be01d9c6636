/** Axes around the plot: grid, the two zero lines and ticks; their titles where the plot is a picture of its own. */

import { niceStep, ticks } from "../pieces/ticks.js";
import { toData, toScreen } from "./view.js";

/** @import { Size, View } from "./view.js" */
/**
 * @typedef {{view: View, size: Size, flat: boolean, zeros: boolean}} Axes
 *   flat: one latent unit, no second axis; zeros: whether the axes' zero means something
 * @typedef {{x: import("../pieces/ticks.js").Tick[], y: import("../pieces/ticks.js").Tick[]}} Ticks
 */

/** CSS px between two ticks, at least; on a small plot as much of it as leaves each axis some. */
const TICK_SPACING = 84;
const [LEAST_SPACING, SPACING_SHARE] = [48, 1 / 6];
const FONT_PX = 12;

/** Room around the plot, CSS px. @param {boolean} flat one latent unit: no second axis */
export const margins = (flat) => ({ left: flat ? 10 : 60, right: 10, top: 8, bottom: 44 });

/** @param {View} view @param {Size} size @returns {Ticks} the ticks of a view; one step for both axes */
export function axisTicks(view, size) {
  const spacing = Math.min(TICK_SPACING, Math.max(LEAST_SPACING, SPACING_SHARE * Math.min(size.width, size.height)));
  const step = niceStep(spacing / view.scale);
  const [x0, y1] = toData(view, size, [0, 0]);
  const [x1, y0] = toData(view, size, [size.width, size.height]);
  return { x: ticks(x0, x1, step), y: ticks(y0, y1, step) };
}

/** A line through the middle of device pixels is sharp. @param {number} position @param {number} dpr */
function sharp(position, dpr) {
  return (Math.floor(position * dpr) + 0.5) / dpr;
}

/** @param {import("../pieces/svg_context.js").Pen} context @param {Axes} axes @param {Ticks} ticks @param {number} dpr */
function gridLines(context, { view, size, flat, zeros }, { x, y }, dpr) {
  const lines = [
    ...x.map(({ value }) => ({ value, at: toScreen(view, size, [value, 0])[0], upright: true })),
    ...(flat ? [] : y.map(({ value }) => ({ value, at: toScreen(view, size, [0, value])[1], upright: false }))),
  ];
  for (const { value, at, upright } of lines) {
    const place = sharp(at, dpr);
    context.globalAlpha = zeros && Math.abs(value * view.scale) < 0.5 ? 0.42 : 0.1;
    context.beginPath();
    context.moveTo(upright ? place : 0, upright ? 0 : place);
    context.lineTo(upright ? place : size.width, upright ? size.height : place);
    context.stroke();
  }
}

/** @param {import("../pieces/svg_context.js").Pen} context @param {Axes} axes @param {Ticks} ticks */
function tickLabels(context, { view, size, flat }, { x, y }) {
  context.globalAlpha = 0.8;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, label } of x) context.fillText(label, toScreen(view, size, [value, 0])[0], size.height + 6);
  if (flat) return;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of y) context.fillText(label, -8, toScreen(view, size, [0, value])[1]);
}

/**
 * @param {import("../pieces/svg_context.js").Pen} context its origin at the top left of the stage, in CSS px
 * @param {Axes} axes @param {import("../pieces/theme.js").Theme} theme @param {number} dpr
 */
export function drawAxes(context, axes, theme, dpr) {
  const { left, top } = margins(axes.flat);
  const marks = axisTicks(axes.view, axes.size);
  context.save();
  context.translate(left, top);
  context.lineWidth = 1 / dpr;
  context.strokeStyle = theme.text;
  context.fillStyle = theme.text;
  context.font = `${FONT_PX}px ${theme.font}`;
  gridLines(context, axes, marks, dpr);
  tickLabels(context, axes, marks);
  context.globalAlpha = 0.3;
  context.strokeRect(0.5 / dpr, 0.5 / dpr, axes.size.width - 1 / dpr, axes.size.height - 1 / dpr);
  context.restore();
}

/**
 * What the axes show, in a picture that is taken along; on the page these are words of their own (`axis_titles.js`).
 *
 * @param {import("../pieces/svg_context.js").Pen} context its origin at the top left of the stage, in CSS px
 * @param {Size} size of the plot @param {string[]} titles one for one latent unit @param {import("../pieces/theme.js").Theme} theme
 */
export function drawAxisTitles(context, { width, height }, titles, theme) {
  const { left, top } = margins(titles.length < 2);
  context.save();
  context.translate(left, top);
  context.fillStyle = theme.text;
  context.font = `${FONT_PX + 1}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(titles[0] ?? "", width / 2, height + 42, width);
  context.translate(-44, height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(titles[1] ?? "", 0, 0, height);
  context.restore();
}

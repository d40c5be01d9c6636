/** Axes around the plot: grid, the two zero lines, ticks and names. */

import { niceStep, ticks } from "../pieces/ticks.js";
import { toData, toScreen } from "./view.js";

const TICK_SPACING = 84;
const FONT_PX = 12;

/** Room around the plot, CSS px. @param {boolean} flat one latent unit: no second axis */
export const margins = (flat) => ({ left: flat ? 10 : 60, right: 10, top: 8, bottom: 44 });

/** @returns {{x: {value: number, label: string}[], y: {value: number, label: string}[]}} the ticks of a view; one step for both axes */
export function axisTicks(view, size) {
  const step = niceStep(TICK_SPACING / view.scale);
  const [x0, y1] = toData(view, size, [0, 0]);
  const [x1, y0] = toData(view, size, [size.width, size.height]);
  return { x: ticks(x0, x1, step), y: ticks(y0, y1, step) };
}

/** A line through the middle of device pixels is sharp. */
function sharp(position, dpr) {
  return (Math.floor(position * dpr) + 0.5) / dpr;
}

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

function axisNames(context, { size, names }, font) {
  context.globalAlpha = 1;
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(names[0] ?? "", size.width / 2, size.height + 42, size.width);
  if (names.length < 2) return;
  context.save();
  context.translate(-44, size.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(names[1], 0, 0, size.height);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the top left of the stage, in CSS px
 * @param {{view: object, size: object, names: string[], flat: boolean, zeros: boolean}} scene
 *   zeros: whether the axes' zero means something
 * @param {object} theme @param {number} dpr
 */
export function drawAxes(context, scene, theme, dpr) {
  const { left, top } = margins(scene.flat);
  const marks = axisTicks(scene.view, scene.size);
  context.save();
  context.translate(left, top);
  context.lineWidth = 1 / dpr;
  context.strokeStyle = theme.text;
  context.fillStyle = theme.text;
  context.font = `${FONT_PX}px ${theme.font}`;
  context.fontVariantNumeric = "tabular-nums";
  gridLines(context, scene, marks, dpr);
  tickLabels(context, scene, marks);
  axisNames(context, scene, `${FONT_PX + 1}px ${theme.font}`);
  context.globalAlpha = 0.3;
  context.strokeRect(0.5 / dpr, 0.5 / dpr, scene.size.width - 1 / dpr, scene.size.height - 1 / dpr);
  context.restore();
}

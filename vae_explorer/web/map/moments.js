/** The posterior of one image, unit by unit: mu as a dot, one sigma to each side as a bar. */

import { brush } from "../pieces/element.js";
import { minus } from "../pieces/ticks.js";

/** @import { Theme } from "../pieces/theme.js" */
/** @typedef {{mu: number, sigma: number}} Moment of one unit; sigma is 0 for a plain autoencoder */

const LABEL = 22;
const VALUE = 86;
const PRIOR_SPAN = 3;
const FONT_PX = 12;

/** @param {number} units @param {number} room CSS px @returns {number} height of a row: as many as can be read fit, more scroll */
export const rowHeight = (units, room) => Math.max(FONT_PX + 2, Math.min(24, room / units));

/** @param {number[]} mu @param {number[]|null} logvar @returns {Moment[]} */
export const moments = (mu, logvar) => mu.map((value, unit) => ({ mu: value, sigma: logvar ? Math.exp(logvar[unit] / 2) : 0 }));

/** @param {Moment[]} rows @returns {number} half the axis: the prior's ±3, or more if an image needs it */
export const span = (rows) => Math.max(PRIOR_SPAN, ...rows.map(({ mu, sigma }) => Math.abs(mu) + sigma));

/** @param {Moment} row @returns {string} */
export const momentText = ({ mu, sigma }) => minus(sigma ? `${mu.toFixed(2)} ± ${sigma.toFixed(2)}` : mu.toFixed(2));

/**
 * @param {CanvasRenderingContext2D} context @param {Moment} row @param {number} unit
 * @param {{top: number, height: number, zero: number, scale: number, width: number, theme: Theme}} box CSS px; scale: CSS px a unit of z
 */
function drawRow(context, row, unit, { top, height, zero, scale, width, theme }) {
  const y = top + height / 2;
  const x = zero + row.mu * scale;
  context.fillStyle = theme.text;
  context.textAlign = "right";
  context.globalAlpha = 0.75;
  context.fillText(String(unit), LABEL - 6, y);
  context.fillText(momentText(row), width, y);
  context.fillStyle = theme.primary;
  context.globalAlpha = 0.45;
  const thick = Math.min(6, height - 4);
  context.fillRect(x - row.sigma * scale, y - thick / 2, 2 * row.sigma * scale, thick);
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(x, y, Math.min(3, height / 3), 0, 2 * Math.PI);
  context.fill();
}

/**
 * @param {HTMLCanvasElement} canvas @param {Moment[]} rows
 * @param {{width: number, room: number, dpr: number}} box CSS px @param {Theme} theme
 */
export function drawMoments(canvas, rows, { width, room, dpr }, theme) {
  const height = rowHeight(rows.length, room);
  canvas.style.height = `${rows.length * height}px`;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(rows.length * height * dpr);
  const context = brush(canvas);
  context.scale(dpr, dpr);
  context.font = `${FONT_PX}px ${theme.font}`;
  context.textBaseline = "middle";
  const zero = LABEL + (width - LABEL - VALUE) / 2;
  const scale = (width - LABEL - VALUE) / 2 / span(rows);
  context.fillStyle = theme.text;
  context.globalAlpha = 0.25;
  context.fillRect(zero - 0.5, 0, 1, rows.length * height);
  rows.forEach((row, unit) => drawRow(context, row, unit, { top: unit * height, height, zero, scale, width, theme }));
}

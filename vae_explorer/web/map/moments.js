/** The posterior of one image, unit by unit: mu as a dot, one sigma to each side as a bar. */

import { brush } from "../pieces/element.js";
import { minus } from "../pieces/ticks.js";

/**
 * @import { Theme } from "../pieces/theme.js"
 * @import { UnitNames } from "../pieces/units.js"
 */
/** @typedef {{mu: number, sigma: number}} Moment of one unit; sigma is 0 for a plain autoencoder */

const LABEL = 22;
/** Room for the beginnings of names, where any unit has one. */
const NAME = 76;
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

/** @param {number} y CSS px @param {number} units @param {number} height CSS px of all rows @returns {number} the unit whose row is there */
export const unitAt = (y, units, height) => Math.max(0, Math.min(units - 1, Math.floor((y / height) * units)));

/** @param {string} text @param {number} most CSS px @param {(text: string) => number} width @returns {string} its beginning where it is too long */
export function fitted(text, most, width) {
  if (width(text) <= most) return text;
  const signs = [...text];
  while (signs.length && width(`${signs.join("")}…`) > most) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}

/**
 * @param {CanvasRenderingContext2D} context @param {Moment} row @param {{unit: number, name: string}} called
 * @param {{top: number, height: number, zero: number, scale: number, width: number, theme: Theme}} box CSS px; scale: CSS px a unit of z
 */
function drawRow(context, row, { unit, name }, { top, height, zero, scale, width, theme }) {
  const y = top + height / 2;
  const x = zero + row.mu * scale;
  context.fillStyle = theme.text;
  context.textAlign = "right";
  context.globalAlpha = 0.75;
  context.fillText(String(unit), LABEL - 6, y);
  context.fillText(momentText(row), width, y);
  context.textAlign = "left";
  if (name) context.fillText(fitted(name, NAME - 6, (text) => context.measureText(text).width), LABEL, y);
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
 * @param {HTMLCanvasElement} canvas @param {Moment[]} rows @param {UnitNames} names
 * @param {{width: number, room: number, dpr: number}} box CSS px @param {Theme} theme
 */
export function drawMoments(canvas, rows, names, { width, room, dpr }, theme) {
  const height = rowHeight(rows.length, room);
  canvas.style.height = `${rows.length * height}px`;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(rows.length * height * dpr);
  const context = brush(canvas);
  context.scale(dpr, dpr);
  context.font = `${FONT_PX}px ${theme.font}`;
  context.textBaseline = "middle";
  const left = LABEL + (Object.keys(names).length ? NAME : 0);
  const zero = left + (width - left - VALUE) / 2;
  const scale = (width - left - VALUE) / 2 / span(rows);
  context.fillStyle = theme.text;
  context.globalAlpha = 0.25;
  context.fillRect(zero - 0.5, 0, 1, rows.length * height);
  rows.forEach((row, unit) => drawRow(context, row, { unit, name: names[unit] ?? "" }, { top: unit * height, height, zero, scale, width, theme }));
}

/** How values of z are written. */

import { decimal, niceStep, ticks } from "../pieces/ticks.js";
import { place } from "./codes.js";

/** @typedef {{label: string, at: number}} Mark a tick, in CSS pixels from the first cell's edge */

const SHOWN = 10;
const COLLAPSED_NATS = 0.01;
const CONSTANT_VARIANCE = 0.01;

/** @param {number[]} z @returns {string} its first values, and how many there are when some are left out */
export function shortCode(z) {
  const shown = z.slice(0, SHOWN).map(decimal).join(", ");
  return z.length > SHOWN ? `z = (${shown}, …) of ${z.length} units` : `z = (${shown})`;
}

/**
 * @param {number|null} kl mean nats; null for a plain autoencoder @param {number} variance Var(mu)
 * @returns {{text: string, idle: boolean}} what ranks a unit, and whether it does nothing
 */
export function unitNote(kl, variance) {
  const [text, idle, word] =
    kl === null
      ? [`Var(mu) ${decimal(variance)}`, variance < CONSTANT_VARIANCE, "constant"]
      : [`${decimal(kl)} nats`, kl < COLLAPSED_NATS, "collapsed"];
  return { text: idle ? `${text}, ${word}` : text, idle };
}

/**
 * @param {number[]} values of an axis, one a cell
 * @param {number} cell its size in CSS pixels @param {number} room CSS pixels a tick needs
 * @returns {Mark[]} round values and where they lie, in CSS pixels from the first cell's edge
 */
export function axisTicks(values, cell, room) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low)) return [{ label: decimal(values[0]), at: cell / 2 }];
  const most = Math.max(2, (values.length * cell) / room);
  const round = ticks(low, high, niceStep((high - low) / most));
  return apart(round.map(({ value, label }) => ({ label, at: (place(values, value) + 0.5) * cell })), room);
}

/**
 * Equal steps of value may lie close on an axis of quantiles: those too near to the one kept before are left out.
 * @param {Mark[]} all @param {number} room CSS pixels
 */
function apart(all, room) {
  /** @type {Mark[]} */
  const kept = [];
  for (const tick of [...all].sort((a, b) => Math.abs(Number(a.label)) - Math.abs(Number(b.label)) || a.at - b.at)) {
    if (kept.every((other) => Math.abs(other.at - tick.at) >= 0.8 * room)) kept.push(tick);
  }
  return all.filter((tick) => kept.includes(tick));
}

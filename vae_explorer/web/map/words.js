/** What the card says. */

import { decimal, minus } from "../pieces/ticks.js";

const UNITS_SHOWN = 10;

/** @returns {boolean} whether the hand is a finger, which neither hovers nor presses Shift */
export const coarse = () => globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;

/** @param {number[]} z @returns {string} two decimals, at most ten units */
export function zText(z) {
  const shown = z.slice(0, UNITS_SHOWN).map(decimal);
  return `z = (${shown.join(", ")}${z.length > UNITS_SHOWN ? ", …" : ""})`;
}

/** @param {number} index @param {string|undefined} name of its class @returns {string} */
export const imageText = (index, name) => `Image ${index}${name === undefined ? "" : `, class ${name}`}`;

/** @param {{nll: number, rate: number|null}} point @returns {string} */
export function costText({ nll, rate }) {
  const costs = [{ name: "nll", value: nll }, { name: "rate", value: rate ?? NaN }].filter(({ value }) => Number.isFinite(value));
  return costs.length ? `${costs.map(({ name, value }) => `${name} ${minus(value.toFixed(1))}`).join(" · ")} nats, this image` : "";
}

/**
 * @param {number} distance to the data, 1 as far as only 5 % of the images lie from their nearest
 * @param {number} times the same, 1 as far as a typical image does @param {"z"|"place"} what is measured
 * @returns {string} how much of a guess a picture is
 */
export function distanceText(distance, times, what) {
  const word = distance <= 1 ? "on data" : distance < 3 ? "between data, a guess" : "far from data, a guess";
  return `This ${what} is ${farText(times)}: ${word}.`;
}

/** @param {number} times as far as a typical image lies from its nearest */
function farText(times) {
  const number = Number(times.toPrecision(2));
  if (number < 0.01) return "that of an image";
  if (number < 0.1) return "almost that of an image";
  const much = number === 1 ? "" : number < 100 ? `${number} times ` : "over 100 times ";
  return `${much}as far from any image as a typical image`;
}

/** @param {number} count @param {number[]} counts a class @param {string[]} classes @returns {string} */
export function selectionText(count, counts, classes) {
  const parts = counts.map((value, id) => ({ value, name: classes[id] })).filter(({ value }) => value > 0);
  const listed = parts.map(({ value, name }) => `${name}: ${value.toLocaleString("en-US")}`).join(" · ");
  return `${count.toLocaleString("en-US")} selected${listed ? ` — ${listed}` : ""}`;
}

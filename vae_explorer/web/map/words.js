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

/** @param {number} distance to the data @returns {string} how much of a guess a picture is, and what the number means */
export function distanceText(distance) {
  const word = distance <= 1 ? "on data" : distance < 3 ? "between data, a guess" : "far from data, a guess";
  const number = distance < 100 ? Number(distance.toPrecision(2)) : "over 100";
  return `Distance to data ${number}: ${word}.\nUp to 1: as near as 95 % of images are to theirs.`;
}

/** @param {number} count @param {number[]} counts a class @param {string[]} classes @returns {string} */
export function selectionText(count, counts, classes) {
  const parts = counts.map((value, id) => ({ value, name: classes[id] })).filter(({ value }) => value > 0);
  const listed = parts.map(({ value, name }) => `${name}: ${value.toLocaleString("en-US")}`).join(" · ");
  return `${count.toLocaleString("en-US")} selected${listed ? ` — ${listed}` : ""}`;
}

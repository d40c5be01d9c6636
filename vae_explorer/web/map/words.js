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

/** @param {number} index @param {string|undefined} name of its class @param {string[]} traits what is known of images, the class first @returns {string} */
export const imageText = (index, name, [word]) => `Image ${index}${name === undefined ? "" : `, ${word} ${name}`}`;

/** @param {{nll: number, rate: number|null}} point @returns {string} */
export function costText({ nll, rate }) {
  const costs = [{ name: "nll", value: nll }, { name: "rate", value: rate ?? NaN }].filter(({ value }) => Number.isFinite(value));
  return costs.length ? `This image: ${costs.map(({ name, value }) => `${name} ${minus(value.toFixed(1))}`).join(" · ")} nats` : "";
}

/**
 * @param {number} distance to the data, 1 as far as only 5 % of the images lie from their nearest
 * @param {number} times the same, 1 as far as a typical image does @param {"z"|"place"} what is measured
 * @returns {string} how much of a guess a picture is
 */
export function distanceText(distance, times, what) {
  const number = Number(times.toPrecision(2));
  if (number < 0.1) return `This ${what} is ${number < 0.01 ? "" : "almost "}the code of an image.`;
  const much = number === 1 ? "" : number < 100 ? `${number} times ` : "over 100 times ";
  return `The nearest image is ${much}as far away as is usual among images: ${verdict(distance)}.`;
}

/** @param {number} distance to the data */
function verdict(distance) {
  if (distance <= 1) return "within the data";
  return distance < 3 ? "between the data, so the picture is a guess" : "far from the data, so the picture is a guess";
}

/** @param {number} count @param {number[]} counts a class @param {string[]} classes @param {string[]} traits the class's word comes first @returns {string} */
export function selectionText(count, counts, classes, [word]) {
  const parts = counts.map((value, id) => ({ value, name: classes[id] })).filter(({ value }) => value > 0);
  const listed = parts.map(({ value, name }) => `${name} (${value.toLocaleString("en-US")})`).join(", ");
  return `${count.toLocaleString("en-US")} images selected${listed ? `. By ${word}: ${listed}` : ""}`;
}

/** What is under the hand, in words. Pure. */

import { minus } from "../pieces/ticks.js";

/**
 * @import { Hand } from "./codes.js"
 * @import { ComparisonData } from "./data.js"
 */

/** @param {number} share 0…1, or below 0 @returns {string} */
export const percent = (share) => minus(`${Math.round(100 * share)} %`);

/** @param {Hand} hand @param {ComparisonData} data @param {ArrayLike<number>} labels the class of every image @returns {string} */
export function handWords(hand, { models, units, classes }, labels) {
  if (hand.kind === "image") return `Under the hand: image ${hand.index} (${classes[labels[hand.index]] ?? "?"}), as each model encodes it.`;
  if (hand.kind === "unit") return `Under the hand: the chosen image with ${units[hand.row].title} of the first model, and what is matched to it, where the slider is.`;
  const { title, carried, map } = models[hand.column];
  const told = carried.flatMap(({ r2 }, i) => (i === hand.column ? [] : [`${percent(r2)} (${models[i].title})`]));
  return `Under the hand: a place of ${title} (${map.model}), carried over by the best affine map between codes, held-out R² ${told.join(", ")}.`;
}

/** What the card is about: the place under the pointer, or else the chosen point, or else the pin. */

import { lift } from "./plane.js";
import { coarse, costText, imageText } from "./words.js";

function nearText({ hand: { near }, scene, data }) {
  if (near === null) return "Click to pin this place.";
  const { order, labels } = scene.cloud;
  return `Click to choose image ${order[near]}${data.classes.length ? `, class ${data.classes[labels[near]]}` : ""}.`;
}

/**
 * @param {{data: object, scene: object, hand: object, choice: object}} map
 * @param {[number, number]|null} place under the pointer, data units; null when the pointer is away or rests after a tap
 * @returns {{mode: "pointer"|"point"|"pin", heading: string, note: string, z: number[]}}
 */
export function caption(map, place) {
  const { data, choice } = map;
  const { details, pin } = choice;
  if (place) return { mode: "pointer", heading: "Under the pointer", note: nearText(map), z: lift(data.plane, place, pin) };
  if (!details) return { mode: "pin", heading: "Pinned", note: `${coarse() ? "Drag" : "Move"} over the map to decode.`, z: pin };
  return { mode: "point", heading: imageText(details.index, data.classes[details.label]), note: costText(details), z: details.mu };
}

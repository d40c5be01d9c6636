/** What the card is about: the place under the pointer, or else the chosen point, or else the pin. */

import { lift } from "./plane.js";
import { coarse, costText, imageText } from "./words.js";

function nearText({ hand: { near }, scene, data }) {
  if (near === null) return "Click to pin this place.";
  const { order, classes } = scene.cloud;
  return `Click to choose image ${order[near]}${data.classes.length ? `, class ${data.classes[classes[near]]}` : ""}.`;
}

/** The class that a place is decoded as, in words. @returns {string} "" for a model that takes no class */
const asClass = ({ y, y_name: name }) => (y === null ? "" : `, as class ${name}`);

/**
 * @param {{data: object, scene: object, hand: object, choice: object}} map
 * @param {[number, number]|null} place under the pointer, data units; null when the pointer is away or rests after a tap
 * @returns {{mode: "pointer"|"point"|"pin", heading: string, note: string, z: number[], y: number|null}}
 *   y: the class to decode as; a chosen point's own, which its heading names
 */
export function caption(map, place) {
  const { data, choice } = map;
  const { details, pin } = choice;
  const { y } = data;
  if (place) {
    const z = lift(data.plane, place, pin);
    return { mode: "pointer", heading: `Under the pointer${asClass(data)}`, note: nearText(map), z, y };
  }
  if (!details) {
    const note = `${coarse() ? "Drag" : "Move"} over the map to decode.`;
    return { mode: "pin", heading: `Pinned${asClass(data)}`, note, z: pin, y };
  }
  const heading = imageText(details.index, data.classes[details.label]);
  return { mode: "point", heading, note: costText(details), z: details.mu, y: y === null ? null : details.label };
}

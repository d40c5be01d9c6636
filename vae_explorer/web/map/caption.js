/** What the card is about: the place under the pointer, or else the chosen point, or else the pin. */

import { pinAsked, placesAsked } from "./requests.js";
import { lift } from "../plot/plane.js";
import { coarse, costText, imageText } from "./words.js";

function nearText({ hand: { near }, scene, data }) {
  if (near === null) return "Click to pin this place.";
  const { order, classes } = scene.cloud;
  return `Click to choose image ${order[near]}${data.classes.length ? `, class ${data.classes[classes[near]]}` : ""}.`;
}

/** The class that a place is decoded as, in words. @returns {string} "" for a model that takes no class */
const asClass = ({ y, y_name: name }) => (y === null ? "" : `, as class ${name}`);

/**
 * @param {{data: object, scene: object, hand: object, choice: object, layers: object}} map
 * @param {[number, number]|null} place under the pointer, data units; null when the pointer is away or rests after a tap
 * @returns {{mode: "pointer"|"point"|"pin", heading: string, note: string, z: number[]|null, asked: import("../wire/live.js").Asked}}
 *   z is null where only the reply will tell it; a chosen point is decoded as its own class, which its heading names
 */
export function caption(map, place) {
  const { data, choice } = map;
  const { details, pin } = choice;
  if (place) {
    const z = data.plane.kind === "map" ? null : lift(data.plane, place, pin);
    return { mode: "pointer", heading: `Under the pointer${asClass(data)}`, note: nearText(map), z, asked: placesAsked(map, [place]) };
  }
  if (!details) {
    const note = `${coarse() ? "Drag" : "Move"} over the map to decode.`;
    return { mode: "pin", heading: `Pinned${asClass(data)}`, note, z: choice.spot ? null : pin, asked: pinAsked(map) };
  }
  const heading = imageText(details.index, data.classes[details.label]);
  const z = details.mu;
  const asked = { model: data.model, y: data.y === null ? null : details.label, z: [z] };
  return { mode: "point", heading, note: costText(details), z, asked };
}

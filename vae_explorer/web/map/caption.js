/** What the card is about: the place under the pointer, or else the chosen point, or else the pin. */

import { pinRequest, placesRequest } from "./requests.js";
import { lift } from "../plot/plane.js";
import { toData } from "../plot/view.js";
import { coarse, costText, imageText } from "./words.js";

/**
 * @import { DataPoint, PictureRequest } from "../wire/messages.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, Size, View } from "../plot/view.js"
 * @import { MapData, Switch } from "./data.js"
 * @import { Hand } from "./hand.js"
 */
/**
 * @typedef {{mode: "pointer"|"point"|"pin", heading: string, note: string, z: number[]|null, request: PictureRequest}} Caption
 *   z is null where only the reply will tell it; a chosen point is decoded as its own class, which its heading names
 * @typedef {{place: Place, near: number|null, cloud: Pick<Cloud, "order"|"classes">}} Pointed a place, data units, and the
 *   drawing position of the point that lies there
 */

/**
 * @param {Pick<Hand, "pointer"|"near"|"resting">} hand @param {Cloud} cloud @param {View|null} view @param {Size} size
 * @returns {Pointed|null} null when the pointer is away or rests after a tap
 */
export function pointed({ pointer, near, resting }, cloud, view, size) {
  return pointer && !resting && view ? { place: toData(view, size, pointer), near, cloud } : null;
}

/** @param {Pointed} pointed @param {string[]} names of the classes */
function nearText({ near, cloud: { order, classes } }, names) {
  if (near === null) return "Click to pin this place.";
  return `Click to choose image ${order[near]}${names.length ? `, class ${names[classes[near]]}` : ""}.`;
}

/** The class that a place is decoded as, in words. @param {MapData} data @returns {string} "" for a model that takes no class */
const asClass = ({ y, y_name: name }) => (y === null ? "" : `, as class ${name}`);

/** @param {MapData} data @param {number[]} pin [D] @param {Switch} refine @param {Pointed} pointed @returns {Caption} */
function ofPointer(data, pin, refine, pointed) {
  const { plane, classes } = data;
  const z = plane.kind === "map" ? null : lift(plane, pointed.place, pin);
  const request = placesRequest(data, pin, refine, [pointed.place]);
  return { mode: "pointer", heading: `Under the pointer${asClass(data)}`, note: nearText(pointed, classes), z, request };
}

/** @param {MapData} data @param {{pin: number[], spot: Place|null}} choice @returns {string} whether anybody has pinned it */
function placeText({ home }, { pin, spot }) {
  return spot || pin.some((value, unit) => value !== home.z[unit]) ? "Pinned" : home.name;
}

/** @param {MapData} data @param {DataPoint} point @returns {Caption} */
function ofPoint({ model, y, classes }, point) {
  const request = { model, y: y === null ? null : point.label, z: [point.mu] };
  return { mode: "point", heading: imageText(point.index, classes[point.label]), note: costText(point), z: point.mu, request };
}

/**
 * @param {MapData} data @param {{pin: number[], spot: Place|null, details: DataPoint|null}} choice @param {Switch} refine
 * @param {Pointed|null} pointed
 * @returns {Caption}
 */
export function caption(data, choice, refine, pointed) {
  if (pointed) return ofPointer(data, choice.pin, refine, pointed);
  if (choice.details) return ofPoint(data, choice.details);
  const note = `${coarse() ? "Drag" : "Move"} over the map to decode.`;
  const request = pinRequest(data, choice, refine);
  return { mode: "pin", heading: `${placeText(data, choice)}${asClass(data)}`, note, z: choice.spot ? null : choice.pin, request };
}

/** What the card is about: the place under the pointer, or else the chosen point, or else the pin. */

import { imageRequest, pinRequest, placesRequest } from "./requests.js";
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
 * @typedef {{mode: "pointer"|"point"|"pin", heading: string, note: string, factors: string[], z: number[]|null, request: PictureRequest}} Caption
 *   factors are empty words where no image is meant; z is null where only the reply will tell it; a chosen point is decoded as its own class, which its heading names
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

/** The class that a place is decoded as, in words. @param {MapData} data @returns {string} "" for a model that takes no class */
const asClass = ({ y, y_name: name }) => (y === null ? "" : `, as class ${name}`);

/** @param {Pick<MapData, "traits">} data @returns {string[]} room for an image's factors, of which none is told */
const untold = ({ traits }) => traits.slice(1).map(() => "");

/** @param {MapData} data @param {number[]} pin [D] @param {Switch} refine @param {Place} place @returns {Caption} */
function ofPlace(data, pin, refine, place) {
  const { plane } = data;
  const z = plane.kind === "map" ? null : lift(plane, place, pin);
  const request = placesRequest(data, pin, refine, [place]);
  return { mode: "pointer", heading: `Under the pointer${asClass(data)}`, note: "Click to pin this place.", factors: untold(data), z, request };
}

/**
 * A point under the pointer is its image's own mu: of a model with more units than two, the place beneath it is another code.
 * @param {MapData} data @param {number} near drawing position @param {Pointed["cloud"]} cloud @returns {Caption}
 */
function ofImage(data, near, { order, classes }) {
  const heading = `${imageText(order[near], data.classes[classes[near]], data.traits)}${asClass(data)}`;
  const note = "The code of this image (its mu), decoded. Click to choose the image.";
  return { mode: "pointer", heading, note, factors: untold(data), z: null, request: imageRequest(data, order[near]) };
}

/** @param {MapData} data @param {{pin: number[], spot: Place|null}} choice @returns {string} whether anybody has pinned it */
function placeText({ home }, { pin, spot }) {
  return spot || pin.some((value, unit) => value !== home.z[unit]) ? "Pinned" : home.name;
}

/**
 * A chosen image is decoded at its mu as the model has it now: while β is turned the page's numbers are of another β.
 * @param {MapData} data @param {DataPoint} point @returns {Caption}
 */
function ofPoint(data, point) {
  const { y, classes, traits } = data;
  const request = { ...imageRequest(data, point.index), y: y === null ? null : point.label };
  const heading = imageText(point.index, classes[point.label], traits);
  return { mode: "point", heading, note: costText(point), factors: point.factors, z: point.mu, request };
}

/**
 * @param {MapData} data @param {{pin: number[], spot: Place|null, details: DataPoint|null}} choice @param {Switch} refine
 * @param {Pointed|null} pointed
 * @returns {Caption}
 */
export function caption(data, choice, refine, pointed) {
  if (pointed && pointed.near !== null) return ofImage(data, pointed.near, pointed.cloud);
  if (pointed) return ofPlace(data, choice.pin, refine, pointed.place);
  if (choice.details) return ofPoint(data, choice.details);
  const note = `${coarse() ? "Drag" : "Move"} over the map to decode.`;
  const request = pinRequest(data, choice, refine);
  return { mode: "pin", heading: `${placeText(data, choice)}${asClass(data)}`, note, factors: untold(data), z: choice.spot ? null : choice.pin, request };
}

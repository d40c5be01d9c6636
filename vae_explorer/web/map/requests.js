/** What the live channel is asked about the map: the pictures at its places, or of a code that lies on it. */

import { lift } from "../plot/plane.js";

/**
 * @import { PictureRequest } from "../wire/messages.js"
 * @import { Place } from "../plot/view.js"
 * @import { MapData, Switch } from "./data.js"
 */
/** @typedef {Pick<MapData, "model"|"plane"|"y">} Decoder the model, its plane and the class that places are decoded as */

/**
 * Where the pin's own picture is: at its spot on a fitted map, or else wherever its code lies.
 * @param {Decoder} data @param {{pin: number[], spot: Place|null}} choice @param {Switch} refine @returns {PictureRequest}
 */
export const pinRequest = (data, { pin, spot }, refine) =>
  spot ? placesRequest(data, pin, refine, [spot]) : codeRequest(data, pin);

/**
 * Places on a plane of units are lifted here. Those of any other plane the server lifts, who also knows how far they
 * lie from the data.
 * @param {Decoder} data @param {number[]} pin [D] @param {Switch} refine @param {Place[]} places data units
 * @returns {PictureRequest}
 */
export function placesRequest({ model, plane, y }, pin, refine, places) {
  if (plane.kind === "units") return { model, y, z: places.map((place) => lift(plane, place, pin)) };
  const how = plane.kind === "pca" ? { through: pin } : { refine: refine === "on" };
  return { model, y, projection: plane.projection, xy: places, ...how };
}

/** @param {Decoder} data @param {number[]} z [D] @returns {PictureRequest} */
export const codeRequest = ({ model, plane: { projection }, y }, z) => ({ model, y, projection, z: [z] });

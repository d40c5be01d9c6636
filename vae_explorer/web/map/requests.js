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
 * How a code is asked for. Of a plane of units the server knows nothing: it measures a code in latent space itself.
 * @param {MapData["plane"]} plane @returns {Pick<PictureRequest, "projection"|"brief">}
 */
const measured = ({ projection }) => (projection ? { projection } : { projection: "latents", brief: true });

/**
 * Places on a plane of units are lifted here, those of any other plane by the server.
 * @param {Decoder} data @param {number[]} pin [D] @param {Switch} refine @param {Place[]} places data units
 * @returns {PictureRequest}
 */
export function placesRequest({ model, plane, y }, pin, refine, places) {
  if (plane.kind === "units") return { model, y, ...measured(plane), z: places.map((place) => lift(plane, place, pin)) };
  const how = plane.kind === "pca" ? { through: pin } : refine === "on" ? { refine: true } : {};
  return { model, y, projection: plane.projection, xy: places, ...how };
}

/** @param {Decoder} data @param {number[]} z [D] @returns {PictureRequest} */
export const codeRequest = ({ model, plane, y }, z) => ({ model, y, ...measured(plane), z: [z] });

/**
 * What an image's own mu decodes as, wherever the plane is. Where the picture lands is left out: encoding it once more
 * would hold up the hand, which is over one point or another most of the time.
 * @param {Decoder} data @param {number} index of the image @returns {PictureRequest}
 */
export const imageRequest = ({ model, plane, y }, index) => ({ model, y, ...measured(plane), images: [index], brief: true });

/** @param {Pick<PictureRequest, "projection">} request @returns {boolean} whether places are codes of latent space, not spots on a fitted map */
export const onPlane = ({ projection }) => projection === "pca" || projection === "latents";

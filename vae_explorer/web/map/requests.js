/** What the live channel is asked about the map: the pictures at its places, or of a code that lies on it. */

import { lift } from "../plot/plane.js";

/** Where the pin's own picture is: at its spot on a fitted map, or else wherever its code lies. */
export const pinAsked = (map) =>
  map.choice.spot ? placesAsked(map, [map.choice.spot]) : codeAsked(map.data, map.choice.pin, map.data.y);

/**
 * Places on a plane of units are lifted here. Those of any other plane the server lifts, who also knows how far they
 * lie from the data.
 * @param {{data: object, choice: {pin: number[]}, layers: {values: {refine: "on"|"off"}}}} map
 * @param {[number, number][]} places data units @returns {import("../wire/live.js").Asked}
 */
export function placesAsked({ data: { model, plane, y }, choice: { pin }, layers: { values } }, places) {
  if (plane.kind === "units") return { model, y, z: places.map((place) => lift(plane, place, pin)) };
  const how = plane.kind === "pca" ? { through: pin } : { refine: values.refine === "on" };
  return { model, y, projection: plane.projection, xy: places, ...how };
}

/** @param {object} data @param {number[]} z [D] @param {number|null} y @returns {import("../wire/live.js").Asked} */
export const codeAsked = ({ model, plane: { projection } }, z, y) => ({ model, y, projection, z: [z] });

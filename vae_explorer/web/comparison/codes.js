/** What each model decodes: a unit at a place of the slider, or a place of another model's map. Pure. */

import { project } from "../plot/plane.js";

/**
 * @import { Plane } from "../plot/plane.js"
 * @import { Place } from "../plot/view.js"
 * @import { Carried, ComparedUnit } from "./data.js"
 */
/**
 * @typedef {{kind: "unit", row: number, t: number}} UnitHand t in standard deviations of the prior, as the first model's unit runs
 * @typedef {{kind: "image", index: number}} ImageHand
 * @typedef {{kind: "place", column: number, place: Place}} PlaceHand a place of one column's map
 * @typedef {UnitHand|ImageHand|PlaceHand} Hand what is under the hand
 */

/** @param {ComparedUnit} unit @param {number} t @returns {number} the value at which it shows what the first model's unit shows at t */
export const valueAt = ({ home, deviation, sign }, t) => home + sign * t * deviation;

/** @param {number[]} base [D] @param {ComparedUnit} unit @param {number} t @returns {number[]} [D]; the base itself where no unit is matched */
export const unitCode = (base, unit, t) => base.map((value, place) => (place === unit.unit ? valueAt(unit, t) : value));

/** @param {number[]} base [D] @param {ComparedUnit} unit @param {number[]} strip places of the slider @returns {number[][]} one code each */
export const stripCodes = (base, unit, strip) => (unit.unit === null ? [] : strip.map((t) => unitCode(base, unit, t)));

/** @param {Carried} carried @param {Place} place @returns {number[]} [D] of the model that it is carried to */
export const placeCode = ({ origin, across, up }, [x, y]) => origin.map((value, unit) => value + x * across[unit] + y * up[unit]);

/**
 * Where a place of one map lies on another.
 * @param {Carried} carried from the one to the other @param {Plane} plane of the other @param {Place} place
 * @returns {Place}
 */
export const carriedPlace = (carried, plane, place) => project(plane, placeCode(carried, place));

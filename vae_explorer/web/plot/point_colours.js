/** The colours of the points, computed again only when what they depend on changed. */

import { classColours, valueColours, valueRamp, valueRange } from "./palette.js";

/**
 * @import { Cloud } from "./cloud.js"
 * @import { Colour } from "./colour.js"
 * @import { ValueRange } from "./palette.js"
 */

export class PointColours {
  /** @type {string|null} */
  #key = null;
  /** @type {Cloud|null} */
  #cloud = null;
  /** One a point, in drawing order. @type {Uint32Array} */
  colours = new Uint32Array(0);
  /** @type {{range: ValueRange, ramp: Uint32Array}|null} */
  scale = null;

  /** @param {Cloud} cloud @param {{colour: Colour, legend: {colours: string[]}}} data @param {boolean} dark @returns {boolean} whether the colours are others now */
  update(cloud, { colour, legend: { colours } }, dark) {
    const key = JSON.stringify([colour, colour.kind === "value" ? dark : colours]);
    if (cloud === this.#cloud && key === this.#key) return false;
    [this.#cloud, this.#key] = [cloud, key];
    this.scale = null;
    if (!cloud.values) this.colours = classColours(cloud.labels, colours);
    else this.#measure(cloud.values, dark);
    return true;
  }

  /** @param {Float32Array} values @param {boolean} dark */
  #measure(values, dark) {
    const scale = { range: valueRange(values), ramp: valueRamp(dark) };
    this.scale = scale;
    this.colours = valueColours(values, scale.range, scale.ramp);
  }
}

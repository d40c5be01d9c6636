/** The colours of the points, computed again only when what they depend on changed. */

import { classColours, valueColours, valueRamp, valueRange } from "../plot/palette.js";

export class Colouring {
  #key = null;
  #cloud = null;
  colours = new Uint32Array(0);
  /** @type {{range: object, ramp: Uint32Array}|null} */
  scale = null;

  /** @returns {boolean} whether the colours are others now */
  update(cloud, { colour, legend: { colours } }, dark) {
    const key = JSON.stringify([colour, colour.kind === "value" ? dark : colours]);
    if (cloud === this.#cloud && key === this.#key) return false;
    [this.#cloud, this.#key] = [cloud, key];
    this.scale = cloud.values ? { range: valueRange(cloud.values), ramp: valueRamp(dark) } : null;
    this.colours = this.scale
      ? valueColours(cloud.values, this.scale.range, this.scale.ramp)
      : classColours(cloud.labels, colours);
    return true;
  }
}

/** Where an image lies on the map: as a point of it, or, of those that are none, where the page says. */

import { placeOf } from "../plot/cloud.js";

/**
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 */

/**
 * @param {Pick<MapData, "elsewhere">} data @param {Pick<Cloud, "rank"|"xs"|"ys">} cloud @param {number} index of an image
 * @returns {Place|null} data units, on a strip in its middle; null while nobody knows
 */
export function imagePlace({ elsewhere }, cloud, index) {
  const [x, y = 0] = elsewhere[index] ?? [];
  return placeOf(cloud, index) ?? (x === undefined ? null : [x, y]);
}

/** The image that was searched for, until it is in sight: of one that is no point, the page says a moment later where it lies. */
export class Sought {
  #choice;
  #show;
  /** @type {number|null} */
  #index = null;

  /** @param {Pick<import("./choice.js").Choice, "choose"|"point">} choice @param {(place: Place) => void} show */
  constructor(choice, show) {
    this.#choice = choice;
    this.#show = show;
  }

  /** @param {number} index of an image */
  seek(index) {
    this.#choice.choose(index);
    this.#index = index;
  }

  /** @param {Pick<MapData, "elsewhere">} data @param {Pick<Cloud, "rank"|"xs"|"ys">} cloud */
  look(data, cloud) {
    if (this.#index === null) return;
    const place = imagePlace(data, cloud, this.#index);
    if (place || this.#choice.point !== this.#index) this.#index = null;
    if (place) this.#show(place);
  }
}

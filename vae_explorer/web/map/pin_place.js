/** Where the pin lies on the map. A fitted map has no formula for it: what is missing is asked of the live channel, once. */

import { codeRequest, placesRequest } from "./requests.js";
import { imagePlace } from "./image_place.js";
import { project } from "../plot/plane.js";
import { Preview } from "./preview.js";

/**
 * @import { PictureRequest } from "../wire/messages.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { Choice } from "./choice.js"
 * @import { MapData, Switch } from "./data.js"
 */
/** @typedef {{request: PictureRequest, target: Place|number[]}} Wanted */

export class PinPlace {
  #choice;
  /** @type {Preview<Wanted>} */
  #preview;
  /** What was asked: the spot whose z is missing, or the pin whose place is. @type {Place|number[]|null} */
  #target = null;
  /** @type {string|undefined} */
  #projection;
  /** @type {Place|null} */
  #place = null;

  /**
   * @param {Pick<Choice, "pin"|"spot"|"point"|"pending"|"settle">} choice
   * @param {() => void} changed @param {(message: string) => void} status
   */
  constructor(choice, changed, status) {
    this.#choice = choice;
    this.#preview = new Preview(({ header: { z, place } }, { target }) => {
      if (target !== this.#target || !z || !place) return;
      if (choice.pending) return choice.settle(target, z[0]);
      this.#place = place[0];
      changed();
    }, status);
  }

  /** Ask for what is missing. @param {Pick<MapData, "model"|"plane"|"y">} data @param {Switch} refine */
  follow(data, refine) {
    const { kind, projection } = data.plane;
    const target = kind === "map" ? this.#missing : null;
    if (target === this.#target && projection === this.#projection) return;
    [this.#target, this.#projection, this.#place] = [target, projection, null];
    if (!target) return;
    const { pending, spot, pin } = this.#choice;
    const request = pending && spot ? placesRequest(data, pin, refine, [spot]) : codeRequest(data, pin);
    this.#preview.show({ request, target });
  }

  get #missing() {
    const { pending, spot, point, pin } = this.#choice;
    if (pending) return spot;
    return !spot && point === null ? pin : null;
  }

  /** @param {Pick<MapData, "plane"|"elsewhere">} data @param {Pick<Cloud, "rank"|"xs"|"ys">} cloud @returns {Place|null} data units; null while nobody knows */
  on(data, cloud) {
    const [{ pin, point, spot }, { plane }] = [this.#choice, data];
    if (spot && plane.kind === "map") return spot;
    const found = point === null ? null : imagePlace(data, cloud, point);
    if (found) return found;
    return plane.kind === "map" ? this.#place : project(plane, pin);
  }

  close() {
    this.#preview.close();
  }
}

/** What the live channel told last of the place that the card is about. */

import { sameManner } from "./preview.js";

/**
 * @import { PictureRequest, ReplyHeader } from "../wire/messages.js"
 * @import { Place } from "../plot/view.js"
 */
/**
 * @typedef {{mode: "pointer"|"pin"|"point", request: PictureRequest}} Wanted
 * @typedef {Wanted & {z: number[]|null, place: Place|null, landing: Place|null, distance: number}} Located
 *   z [D]; places in data units; null: was not asked for
 */

export class Readout {
  /** @type {Wanted|null} */
  #wanted = null;
  /** @type {Located|null} */
  #last = null;

  /** @param {Wanted} wanted what the card is about now */
  expect(wanted) {
    this.#wanted = wanted;
  }

  /** @param {Pick<ReplyHeader, "z"|"place"|"landing"|"distance">} header of a reply @param {Wanted} wanted what it answers */
  take({ z, place, landing, distance }, { request, mode }) {
    const [at, to] = [place?.[0] ?? null, landing?.[0] ?? null];
    this.#last = distance ? { request, mode, z: z?.[0] ?? null, place: at, landing: to, distance: distance[0] } : null;
  }

  /** What was told, if it is about what the card is about. @returns {Located|null} */
  get now() {
    const [last, wanted] = [this.#last, this.#wanted];
    return last && wanted && last.mode === wanted.mode && sameManner(last, wanted) ? last : null;
  }

  /** @param {Place} place @returns {number[]|null} its z, where that is what was told last */
  zAt([x, y]) {
    const now = this.now;
    const place = now?.request.xy?.[0];
    return now && place && place[0] === x && place[1] === y ? now.z : null;
  }
}

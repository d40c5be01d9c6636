/** The pinned z, and the data point or the spot of a fitted map that it belongs to. */

import { loadOriginal, loadPoint } from "../pieces/points.js";
import { sentenceOf } from "../wire/answers.js";
import { alike } from "../wire/outbox.js";
import { lift } from "../plot/plane.js";

/**
 * @import { DataPoint } from "../wire/messages.js"
 * @import { Outbox } from "../wire/outbox.js"
 * @import { Place } from "../plot/view.js"
 * @import { Original } from "./card.js"
 * @import { MapData } from "./data.js"
 */
/**
 * @typedef {Pick<MapData, "model"|"version"|"latent_dim"|"plane"|"dataset"|"pin"|"spot"|"point">} Page what the page says
 * @typedef {Pick<Choice, "pin"|"spot"|"pending"|"point"|"details"|"original">} Remembered
 */

export class Choice {
  /** @type {number[]} [D] */
  pin = [];
  /** Where on a fitted map the pin was put. @type {Place|null} */
  spot = null;
  /** Whether the spot's z, the pin to be, is still to be told; the page hears of neither before. */
  pending = false;
  /** The index of the chosen point; its details and its image arrive a moment later. @type {number|null} */
  point = null;
  /** @type {DataPoint|null} */
  details = null;
  /** @type {Original|null} */
  original = null;
  #out;
  #changed;
  #failed;
  /** @type {Page|null} */
  #data = null;
  /** @type {Remembered|null} */
  #before = null;
  #closed = false;

  /**
   * @param {Outbox} out @param {() => void} changed @param {(message: string) => void} failed
   */
  constructor(out, changed, failed) {
    this.#out = out;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Take over what the page says. @param {Page} data @param {boolean} otherModel the same point lies elsewhere now */
  adopt(data, otherModel) {
    const arrived = data.dataset.available && this.#data?.dataset.available === false;
    const otherBeta = this.#data !== null && this.#data.model !== data.model;
    const otherPlane = JSON.stringify(this.#data?.plane ?? data.plane) !== JSON.stringify(data.plane);
    this.#data = data;
    if (otherModel) this.details = null;
    const moved = this.#out.adopt("pin", data.pin);
    if (moved || this.pin.length !== data.latent_dim) this.pin = this.#fitting(data);
    this.#adoptSpot(data, moved || otherPlane);
    const other = this.#out.adopt("point", data.point);
    if (other) this.point = data.point;
    if (this.point === null) this.#release();
    else if (other || otherModel || otherBeta || arrived) this.choose(this.point);
    else if (moved && this.details && !alike(this.pin, this.details.mu)) this.#free();
  }

  /**
   * Pin a place of its own, no data point.
   * @param {Place} place data units @param {number[]|null} [known] its z on a fitted map, when it was told already
   */
  pinOn(place, known = null) {
    const plane = this.#page.plane;
    const z = plane.kind === "map" ? known : lift(plane, place, this.pin);
    this.#release();
    this.spot = plane.kind === "map" ? place : null;
    this.pending = z === null;
    if (z) this.pin = z;
    this.#send();
  }

  /** @param {number[]} spot whose z was asked for @param {number[]} z the pin, if it is still that spot's */
  settle(spot, z) {
    if (!this.pending || spot !== this.spot) return;
    this.pin = z;
    this.pending = false;
    this.#send();
  }

  /** Places decode in another way now: so does the spot. */
  resettle() {
    this.pending = this.spot !== null;
    this.#changed();
  }

  /** The pin stays, the point is let go. */
  clear() {
    this.#release();
    this.#send();
  }

  /** @param {number} index of the data point; its mu becomes the pin */
  async choose(index) {
    const { model, version, dataset } = this.#page;
    this.#unplace();
    this.point = index;
    const current = () => !this.#closed && this.point === index && this.#page.model === model;
    try {
      const details = await loadPoint(model, version, index);
      if (!current()) return;
      this.details = details;
      this.pin = details.mu;
      this.original = dataset.available ? null : { error: dataset.note };
      this.#send();
      if (dataset.available) this.#show(await loadOriginal(dataset.name, dataset.split, index), current);
    } catch (error) {
      if (!current()) return;
      this.#free();
      this.#failed(sentenceOf(error));
    }
  }

  /** Before a click, in case it turns out to be the first of two. */
  remember() {
    const { pin, spot, pending, point, details, original } = this;
    this.#before = { pin, spot, pending, point, details, original };
  }

  /** Back to what was remembered. */
  recall() {
    if (!this.#before) return;
    Object.assign(this, this.#before);
    this.#before = null;
    this.#send();
  }

  close() {
    this.#closed = true;
  }

  get #page() {
    if (!this.#data) throw new Error("Nothing can be chosen before the page has said what there is.");
    return this.#data;
  }

  /** @param {Page} data @returns {number[]} */
  #fitting({ pin, latent_dim: units }) {
    return pin.length === units ? pin : new Array(units).fill(0);
  }

  /** @param {Page} data @param {boolean} elsewhere the pin or the map is another: only a spot that comes along belongs to it */
  #adoptSpot({ plane, spot }, elsewhere) {
    const news = this.#out.adopt("spot", spot);
    if (!news && !elsewhere) return;
    this.#unplace();
    if (news && plane.kind === "map") this.spot = spot;
    else if (spot) this.#out.put("spot", null);
  }

  #unplace() {
    this.spot = null;
    this.pending = false;
  }

  /** @param {Original} original @param {() => boolean} current */
  #show(original, current) {
    if (!current()) return;
    this.original = original;
    this.#changed();
  }

  #release() {
    this.point = this.details = this.original = null;
  }

  #free() {
    this.#release();
    this.#out.put("point", null);
    this.#changed();
  }

  #send() {
    if (!this.pending) this.#tell();
    this.#changed();
  }

  #tell() {
    this.#out.put("pin", this.pin);
    this.#out.put("point", this.point);
    this.#out.put("spot", this.spot);
  }
}

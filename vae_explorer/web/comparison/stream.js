/** What one column asks for: what rests, its reconstruction and strip, and what follows the hand. */

import { loadPoint } from "../pieces/points.js";
import { Latest, liveChannel } from "../wire/live.js";
import { placeCode, stripCodes, unitCode } from "./codes.js";

/**
 * @import { Status } from "../pieces/status.js"
 * @import { PictureRequest, Pictures, Reply } from "../wire/messages.js"
 * @import { Hand } from "./codes.js"
 * @import { Carried, ComparedModel } from "./data.js"
 */
/**
 * @typedef {{model: ComparedModel, column: number, carried: Carried[], strip: number[], labels: ArrayLike<number>}} Scene
 *   column: its place; carried: to it, from every column; labels: the class of every image
 * @typedef {{image: number, row: number}} Rest
 * @typedef {{reconstruction: Pictures, strip: Pictures|null}} Rested strip null where no unit is matched
 */

export class ColumnStream {
  /** @type {Scene|null} */
  #scene = null;
  /** The chosen image's mu, [D]. @type {{image: number, mu: number[]}|null} */
  #base = null;
  /** @type {Rest|null} */
  #wanted = null;
  /** @type {Hand|null} */
  #hand = null;

  /**
   * @param {(rested: Rested, rest: Rest, mu: number[]) => void} rested @param {(picture: Pictures, hand: Hand) => void} followed
   * @param {Status} status
   */
  constructor(rested, followed, status) {
    this.rests = new Latest(
      (/** @type {Rest} */ rest) => this.#rested(rest),
      (found, rest) => {
        if (rest !== this.#wanted) return;
        status.succeeded("pictures");
        this.#base = { image: rest.image, mu: found.mu };
        rested(found, rest, found.mu);
        if (this.#hand?.kind === "unit") this.hands.push(this.#hand);
      },
      (error, rest) => void (rest === this.#wanted && status.failed("pictures", error)),
    );
    this.hands = new Latest(
      (/** @type {Hand} */ hand) => this.#followed(hand),
      (reply, hand) => {
        if (!reply || hand.kind !== this.#hand?.kind) return;
        status.succeeded("hand");
        followed(reply, hand);
      },
      (error, hand) => void (hand === this.#hand && status.failed("hand", error)),
    );
  }

  /** @param {Scene} scene */
  adopt(scene) {
    this.#scene = scene;
    this.#base = null;
  }

  /** @param {ComparedModel} model the same network at another β */
  turn(model) {
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, model };
    this.again();
  }

  /** @param {Rest} rest the image and unit that all columns show */
  rest(rest) {
    this.#wanted = rest;
    this.rests.push(rest);
  }

  /** @param {Hand} hand */
  follow(hand) {
    this.#hand = hand;
    this.hands.push(hand);
  }

  /** Asks once more for all that is shown. */
  again() {
    if (this.#wanted) this.rest(this.#wanted);
    if (this.#hand) this.follow(this.#hand);
  }

  /** @param {number} image whose class codes are decoded as @returns {Pick<PictureRequest, "model"|"y">} */
  #as(image) {
    const { model, labels } = this.#now;
    return { model: model.map.model, y: model.conditional ? labels[image] : null };
  }

  /** @returns {Scene} */
  get #now() {
    if (!this.#scene) throw new Error("A column has nothing to show yet.");
    return this.#scene;
  }

  /** @param {Rest} rest @returns {Promise<Rested & {mu: number[]}>} in one request */
  async #rested({ image, row }) {
    const { model, strip } = this.#now;
    const { mu } = await loadPoint(model.map.model, model.map.version, image);
    const z = [mu, ...stripCodes(mu, model.units[row], strip)];
    const { header, bytes } = await liveChannel().request({ ...this.#as(image), z });
    const size = bytes.length / z.length;
    const shape = { c: header.c, h: header.h, w: header.w };
    const reconstruction = { header: { n: 1, ...shape }, bytes: bytes.subarray(0, size) };
    const rest = z.length > 1 ? { header: { n: z.length - 1, ...shape }, bytes: bytes.subarray(size) } : null;
    return { reconstruction, strip: rest, mu };
  }

  /** @param {Hand} hand @returns {Promise<Reply|null>} null where there is no code to move yet */
  async #followed(hand) {
    if (hand.kind === "image") return liveChannel().request({ ...this.#as(hand.index), images: [hand.index] });
    const z = this.codeOf(hand);
    return z && liveChannel().request({ ...this.#as(this.#wanted?.image ?? 0), z: [z] });
  }

  /** @param {Hand} hand @returns {number[]|null} [D]; null for an image, and where the chosen image's own has not come */
  codeOf(hand) {
    const { model, carried } = this.#now;
    if (hand.kind === "place") return placeCode(carried[hand.column], hand.place);
    const base = this.#base && this.#base.image === this.#wanted?.image ? this.#base.mu : null;
    return hand.kind === "unit" && base ? unitCode(base, model.units[hand.row], hand.t) : null;
  }
}

/** Where the pointer is, and what it does there at this moment. */

/** @import { Place } from "../plot/view.js" */

const CALM_PX = 12;

export class Hand {
  /** CSS px from the plot's top left. @type {Place|null} */
  pointer = null;
  /** Drawing position of the data point under the pointer. @type {number|null} */
  near = null;
  /** The area being drawn. @type {Place[]|null} */
  area = null;
  /** Whether a drag moves the pointer. */
  dragging = false;
  /** @type {Place|null} */
  #tapped = null;

  /** After a tap the card keeps what was tapped until the hand really moves on. */
  get resting() {
    return this.#tapped !== null;
  }

  /** @param {Place} at @param {number|null} near @param {boolean} [dragging] */
  move(at, near, dragging = false) {
    this.pointer = at;
    this.near = near;
    this.dragging = dragging;
    if (this.#tapped && Math.hypot(at[0] - this.#tapped[0], at[1] - this.#tapped[1]) >= CALM_PX) this.#tapped = null;
  }

  /** @param {Place} at */
  tap(at) {
    this.#tapped = at;
  }

  leave() {
    this.pointer = this.near = this.#tapped = null;
  }
}

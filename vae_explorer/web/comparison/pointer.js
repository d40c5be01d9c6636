/** The hand on a small map: it hovers, taps, or draws an area. */

import { placeIn } from "../pieces/own_pixels.js";

/** @import { Place } from "../plot/view.js" */
/**
 * @typedef {{hover: (at: Place) => void, leave: () => void, tap: (at: Place) => void,
 *   area: (corners: Place[]) => void, areaEnd: (corners: Place[]|null) => void}} Actions
 *   CSS px from the canvas's top left; areaEnd null where it was given up
 */

const STILL_PX = 4;
const STEP_PX = 3;

/** @param {Place} a @param {Place} b */
const apart = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);

export class Pointer {
  #canvas;
  #actions;
  /** Where the button went down. @type {Place|null} */
  #from = null;
  /** @type {Place[]|null} */
  #area = null;

  /** @param {HTMLCanvasElement} canvas @param {Actions} actions */
  constructor(canvas, actions) {
    this.#canvas = canvas;
    this.#actions = actions;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(this.#place(event)));
    canvas.addEventListener("pointerup", (event) => this.#up(this.#place(event)));
    canvas.addEventListener("pointercancel", () => this.giveUp());
    canvas.addEventListener("pointerleave", () => this.#from || actions.leave());
  }

  /** Give up the area being drawn. */
  giveUp() {
    if (this.#area) this.#actions.areaEnd(null);
    this.#from = this.#area = null;
  }

  /** @param {MouseEvent} event @returns {Place} */
  #place(event) {
    return placeIn(this.#canvas, event);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#from = this.#place(event);
  }

  /** @param {Place} at */
  #move(at) {
    if (!this.#from) return this.#actions.hover(at);
    if (!this.#area && apart(this.#from, at) < STILL_PX) return;
    this.#area ??= [this.#from];
    if (apart(this.#area[this.#area.length - 1], at) >= STEP_PX) this.#area.push(at);
    this.#actions.area(this.#area);
  }

  /** @param {Place} at */
  #up(at) {
    const [from, area] = [this.#from, this.#area];
    this.#from = this.#area = null;
    if (area) this.#actions.areaEnd(area);
    else if (from) this.#actions.tap(at);
  }
}

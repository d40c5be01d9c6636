/** The hand on the map: pointers, wheel and touch become hover, tap, pan, zoom and areas. */

import { placeIn } from "../pieces/own_pixels.js";
import { box } from "../plot/lasso.js";

/** @import { Place } from "../plot/view.js" */
/** @typedef {"probe"|"pan"|"box"|"lasso"} Tool what a drag does */

const STILL_PX = 4;
const DOUBLE_MS = 400;
const DOUBLE_PX = 8;
const LASSO_STEP_PX = 3;
const WHEEL_PX = [1, 16, 400];

/** @param {Place} a @param {Place} b */
const distance = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
/** @param {Place} a @param {Place} b @returns {Place} */
const middle = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];

/** @param {{deltaY: number, deltaMode: number, ctrlKey: boolean}} event @returns {number} zoom factor; ctrlKey is a pinch on a touchpad */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const pixels = deltaY * (WHEEL_PX[deltaMode] ?? 1);
  return Math.exp(-Math.max(-300, Math.min(300, pixels)) * (ctrlKey ? 0.01 : 0.002));
}

/**
 * @typedef {{
 *   hover: (at: Place, dragging?: boolean) => void, leave: () => void,
 *   tap: (at: Place) => void, doubleTap: () => void,
 *   start: () => void, end: () => void,
 *   pan: (dx: number, dy: number) => void, zoom: (at: Place, factor: number) => void,
 *   area: (polygon: Place[]) => void, areaEnd: (polygon: Place[]|null) => void,
 * }} Actions places in CSS px from the canvas's top left; start and end around everything that drags; area while it is drawn,
 *   areaEnd null where it was given up
 * @typedef {{from: Place, last: Place, kind: Tool|"pinch"|"none"|null, shift: boolean}} Drag kind: null until it moves
 */

export class Gestures {
  #canvas;
  #actions;
  #tool;
  /** @type {Map<number, Place>} */
  #pointers = new Map();
  /** @type {Drag|null} */
  #drag = null;
  /** @type {{at: Place, time: number}|null} */
  #lastTap = null;
  /** @type {Place[]|null} */
  #area = null;

  /** @param {HTMLCanvasElement} canvas @param {Actions} actions @param {() => Tool} tool */
  constructor(canvas, actions, tool) {
    this.#canvas = canvas;
    this.#actions = actions;
    this.#tool = tool;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => this.#cancelled(event));
    canvas.addEventListener("pointerleave", () => this.#drag || this.#actions.leave());
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** Give up the area being drawn. @returns {boolean} whether there was one */
  giveUp() {
    if (!this.#area) return false;
    this.#area = null;
    if (this.#drag) this.#drag = { ...this.#drag, kind: "none" };
    this.#actions.areaEnd(null);
    return true;
  }

  /** @param {MouseEvent} event @returns {Place} */
  #place(event) {
    return placeIn(this.#canvas, event);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    this.#actions.zoom(this.#place(event), wheelFactor(event));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    const at = this.#place(event);
    this.#pointers.set(event.pointerId, at);
    if (this.#pointers.size === 1) this.#drag = { from: at, last: at, kind: null, shift: event.shiftKey };
    else if (this.#pointers.size === 2 && this.#drag) this.#begin(this.#drag, "pinch");
  }

  /** @param {Drag} before @param {Tool|"pinch"} kind @returns {Drag} the drag as it goes on */
  #begin(before, kind) {
    if (!before.kind) this.#actions.start();
    if (this.#area) this.giveUp();
    const drag = { ...before, kind };
    this.#drag = drag;
    this.#actions.leave();
    if (kind === "box" || kind === "lasso") this.#area = [drag.from];
    return drag;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const at = this.#place(event);
    if (this.#drag && this.#pointers.has(event.pointerId)) this.#goOn(this.#drag, event.pointerId, at);
    else if (!this.#drag && event.pointerType !== "touch") this.#actions.hover(at);
  }

  /** @param {Drag} before @param {number} id of the pointer @param {Place} at */
  #goOn(before, id, at) {
    const begins = !before.kind && distance(before.from, at) >= STILL_PX;
    const drag = begins ? this.#begin(before, before.shift ? "box" : this.#tool()) : before;
    if (drag.kind === "pinch") this.#pinch(id, at);
    this.#pointers.set(id, at);
    if (drag.kind === "pan") this.#pan(drag, at);
    if (drag.kind === "probe") this.#actions.hover(at, true);
    if (this.#area) this.#extend(drag, this.#area, at);
  }

  /** @param {Drag} drag @param {Place} at */
  #pan(drag, at) {
    const [x, y] = drag.last;
    drag.last = at;
    this.#actions.pan(at[0] - x, at[1] - y);
  }

  /** @param {number} id of the pointer that moves @param {Place} at where it is now */
  #pinch(id, at) {
    const [[firstId, first], [secondId, second]] = this.#pointers;
    const [left, right] = [firstId === id ? at : first, secondId === id ? at : second];
    const [from, to] = [middle(first, second), middle(left, right)];
    this.#actions.pan(to[0] - from[0], to[1] - from[1]);
    this.#actions.zoom(to, distance(left, right) / Math.max(1, distance(first, second)));
  }

  /** @param {Drag} drag @param {Place[]} area @param {Place} at */
  #extend(drag, area, at) {
    if (drag.kind === "box") this.#area = box(drag.from, at);
    else if (distance(area[area.length - 1], at) >= LASSO_STEP_PX) area.push(at);
    this.#actions.area(this.#area ?? area);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (!this.#pointers.delete(event.pointerId) || !this.#drag) return;
    if (this.#pointers.size) return this.#oneFingerLeft(this.#drag);
    const { kind, from } = this.#drag;
    const area = this.#area;
    this.#drag = this.#area = null;
    if (!kind) return this.#tap(from, event.timeStamp);
    if (area) this.#actions.areaEnd(area);
    if (kind === "probe") this.#actions.leave();
    this.#actions.end();
    if (event.pointerType !== "touch" && event.target === this.#canvas) this.#hoverIfInside(event);
  }

  /** @param {PointerEvent} event */
  #hoverIfInside(event) {
    const [x, y] = this.#place(event);
    if (x >= 0 && y >= 0 && x <= this.#canvas.clientWidth && y <= this.#canvas.clientHeight) this.#actions.hover([x, y]);
  }

  /** @param {Drag} drag */
  #oneFingerLeft(drag) {
    const [at] = this.#pointers.values();
    if (drag.kind === "pinch") this.#drag = { ...drag, kind: "pan", last: at };
  }

  /** @param {Place} at @param {number} time ms */
  #tap(at, time) {
    const last = this.#lastTap;
    const second = last && time - last.time < DOUBLE_MS && distance(last.at, at) < DOUBLE_PX;
    this.#lastTap = second ? null : { at, time };
    if (second) this.#actions.doubleTap();
    else this.#actions.tap(at);
  }

  /** @param {PointerEvent} event */
  #cancelled(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#pointers.size) return;
    if (this.#area) this.#actions.areaEnd(null);
    if (this.#drag?.kind) this.#actions.end();
    this.#drag = this.#area = null;
  }
}

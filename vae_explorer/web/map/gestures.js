/** The hand on the map: pointers, wheel and touch become hover, tap, pan, zoom and areas. */

import { box } from "../plot/lasso.js";

const STILL_PX = 4;
const DOUBLE_MS = 400;
const DOUBLE_PX = 8;
const LASSO_STEP_PX = 3;
const WHEEL_PX = [1, 16, 400];

const distance = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
const middle = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];

/** @param {{deltaY: number, deltaMode: number, ctrlKey: boolean}} event @returns {number} zoom factor; ctrlKey is a pinch on a touchpad */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const pixels = deltaY * (WHEEL_PX[deltaMode] ?? 1);
  return Math.exp(-Math.max(-300, Math.min(300, pixels)) * (ctrlKey ? 0.01 : 0.002));
}

/**
 * @typedef {object} Actions places in CSS px from the canvas's top left
 * @property {(at: [number, number], dragging?: boolean) => void} hover @property {() => void} leave
 * @property {(at: [number, number]) => void} tap @property {() => void} doubleTap
 * @property {() => void} start @property {() => void} end around everything that drags
 * @property {(dx: number, dy: number) => void} pan @property {(at: [number, number], factor: number) => void} zoom
 * @property {(polygon: [number, number][]) => void} area while it is drawn
 * @property {(polygon: [number, number][]|null) => void} areaEnd null: given up
 */

export class Gestures {
  #canvas;
  #actions;
  #tool;
  #pointers = new Map();
  #drag = null;
  #lastTap = null;
  #area = null;

  /** @param {HTMLCanvasElement} canvas @param {Actions} actions @param {() => "probe"|"pan"|"box"|"lasso"} tool */
  constructor(canvas, actions, tool) {
    this.#canvas = canvas;
    this.#actions = actions;
    this.#tool = tool;
    const listen = (name, handler) => canvas.addEventListener(name, handler.bind(this));
    listen("pointerdown", this.#down);
    listen("pointermove", this.#move);
    listen("pointerup", this.#up);
    listen("pointercancel", this.#cancelled);
    listen("pointerleave", () => this.#drag || this.#actions.leave());
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** Give up the area being drawn. @returns {boolean} whether there was one */
  giveUp() {
    if (!this.#area) return false;
    this.#area = null;
    this.#drag = { ...this.#drag, kind: "none" };
    this.#actions.areaEnd(null);
    return true;
  }

  #place(event) {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #wheel(event) {
    event.preventDefault();
    this.#actions.zoom(this.#place(event), wheelFactor(event));
  }

  #down(event) {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    const at = this.#place(event);
    this.#pointers.set(event.pointerId, at);
    if (this.#pointers.size === 1) this.#drag = { from: at, last: at, kind: null, shift: event.shiftKey };
    else if (this.#pointers.size === 2) this.#begin("pinch");
  }

  #begin(kind) {
    if (!this.#drag?.kind) this.#actions.start();
    if (this.#area) this.giveUp();
    this.#drag = { ...this.#drag, kind };
    this.#actions.leave();
    if (kind === "box" || kind === "lasso") this.#area = [this.#drag.from];
  }

  #move(event) {
    const at = this.#place(event);
    const before = this.#pointers.get(event.pointerId);
    if (!this.#drag || !before) {
      if (!this.#drag && event.pointerType !== "touch") this.#actions.hover(at);
      return;
    }
    if (!this.#drag.kind && distance(this.#drag.from, at) >= STILL_PX) this.#begin(this.#drag.shift ? "box" : this.#tool());
    if (this.#drag.kind === "pinch") this.#pinch(event.pointerId, at);
    this.#pointers.set(event.pointerId, at);
    if (this.#drag.kind === "pan") this.#pan(at);
    if (this.#drag.kind === "probe") this.#actions.hover(at, true);
    if (this.#area) this.#extend(at);
  }

  #pan(at) {
    const [x, y] = this.#drag.last;
    this.#drag.last = at;
    this.#actions.pan(at[0] - x, at[1] - y);
  }

  #pinch(id, at) {
    const before = [...this.#pointers.values()].slice(0, 2);
    const after = [...this.#pointers].slice(0, 2).map(([key, place]) => (key === id ? at : place));
    const [from, to] = [middle(...before), middle(...after)];
    this.#actions.pan(to[0] - from[0], to[1] - from[1]);
    this.#actions.zoom(to, distance(...after) / Math.max(1, distance(...before)));
  }

  #extend(at) {
    if (this.#drag.kind === "box") this.#area = box(this.#drag.from, at);
    else if (distance(this.#area.at(-1), at) >= LASSO_STEP_PX) this.#area.push(at);
    this.#actions.area(this.#area);
  }

  #up(event) {
    if (!this.#pointers.delete(event.pointerId) || !this.#drag) return;
    if (this.#pointers.size) return this.#oneFingerLeft();
    const { kind, from } = this.#drag;
    const area = this.#area;
    this.#drag = this.#area = null;
    if (!kind) return this.#tap(from, event.timeStamp);
    if (area) this.#actions.areaEnd(area);
    if (kind === "probe") this.#actions.leave();
    this.#actions.end();
    if (event.pointerType !== "touch" && event.target === this.#canvas) this.#hoverIfInside(event);
  }

  #hoverIfInside(event) {
    const [x, y] = this.#place(event);
    if (x >= 0 && y >= 0 && x <= this.#canvas.clientWidth && y <= this.#canvas.clientHeight) this.#actions.hover([x, y]);
  }

  #oneFingerLeft() {
    const [at] = this.#pointers.values();
    if (this.#drag.kind === "pinch") this.#drag = { ...this.#drag, kind: "pan", last: at };
  }

  #tap(at, time) {
    const last = this.#lastTap;
    const second = last && time - last.time < DOUBLE_MS && distance(last.at, at) < DOUBLE_PX;
    this.#lastTap = second ? null : { at, time };
    if (second) this.#actions.doubleTap();
    else this.#actions.tap(at);
  }

  #cancelled(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#pointers.size) return;
    if (this.#area) this.#actions.areaEnd(null);
    if (this.#drag?.kind) this.#actions.end();
    this.#drag = this.#area = null;
  }
}

/** A picture of the plot and its surroundings: drawn once for a scale, then only moved while the view is panned. */

import { toScreen } from "../plot/view.js";

/** Room on each side, as a share of the plot. */
const ROOM = 0.3;

/**
 * Where a kept picture lies now.
 * @param {import("../plot/view.js").View} kept the view it was drawn in @param {import("../plot/view.js").View} view @param {import("../plot/view.js").Size} size
 * @returns {[number, number]|null} CSS px that it moved by; null where it no longer covers the plot
 */
export function moved(kept, view, size) {
  if (kept.scale !== view.scale) return null;
  const [x, y] = toScreen(view, size, [kept.x, kept.y]);
  const by = [x - size.width / 2, y - size.height / 2];
  return Math.abs(by[0]) <= ROOM * size.width && Math.abs(by[1]) <= ROOM * size.height ? by : null;
}

export class PannedPicture {
  #kept = null;
  #scale = null;

  /**
   * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
   * @param {{view: import("../plot/view.js").View, size: import("../plot/view.js").Size, dpr: number}} surface
   * @param {any[]} made what else the picture is made of: another, and it is drawn anew
   * @param {(context: CanvasRenderingContext2D, size: import("../plot/view.js").Size) => void} draw draws a plot of this size around the view's centre
   */
  draw(context, { view, size, dpr }, made, draw) {
    const steady = this.#scale === view.scale;
    this.#scale = view.scale;
    const fresh = this.#kept && alike(this.#kept.made, [...made, size.width, size.height, dpr]);
    const by = fresh ? moved(this.#kept.view, view, size) : null;
    if (by) return this.#put(context, by, size, dpr);
    if (!steady) return draw(context, size);
    this.#keep(view, size, dpr, made, draw);
    this.#put(context, [0, 0], size, dpr);
  }

  #keep(view, size, dpr, made, draw) {
    const whole = { width: size.width * (1 + 2 * ROOM), height: size.height * (1 + 2 * ROOM) };
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.ceil(whole.width * dpr), height: Math.ceil(whole.height * dpr) });
    const context = canvas.getContext("2d");
    context.scale(dpr, dpr);
    draw(context, whole);
    this.#kept = { canvas, view, made: [...made, size.width, size.height, dpr] };
  }

  #put(context, [x, y], size, dpr) {
    const whole = (value) => Math.round(value * dpr) / dpr;
    const { canvas } = this.#kept;
    const [left, top] = [whole(x - ROOM * size.width), whole(y - ROOM * size.height)];
    context.drawImage(canvas, left, top, canvas.width / dpr, canvas.height / dpr);
  }
}

const alike = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

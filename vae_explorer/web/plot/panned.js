/** A picture of the plot and its surroundings: drawn once for a scale, then only moved while the view is panned. */

import { brush } from "../pieces/element.js";
import { toScreen } from "./view.js";

/** @import { Place, Size, View } from "./view.js" */
/**
 * @typedef {{view: View, size: Size, dpr: number}} Surface
 * @typedef {(context: CanvasRenderingContext2D, size: Size) => void} Drawing draws a plot of this size around the view's centre
 * @typedef {{canvas: HTMLCanvasElement, view: View, made: unknown[]}} Kept
 */

/** Room on each side, as a share of the plot. */
const ROOM = 0.3;

/**
 * Where a kept picture lies now.
 * @param {View} kept the view it was drawn in @param {View} view @param {Size} size
 * @returns {Place|null} CSS px that it moved by; null where it no longer covers the plot
 */
export function moved(kept, view, size) {
  if (kept.scale !== view.scale) return null;
  const [x, y] = toScreen(view, size, [kept.x, kept.y]);
  /** @type {Place} */
  const by = [x - size.width / 2, y - size.height / 2];
  return Math.abs(by[0]) <= ROOM * size.width && Math.abs(by[1]) <= ROOM * size.height ? by : null;
}

export class PannedPicture {
  /** @type {Kept|null} */
  #kept = null;
  /** @type {number|null} */
  #scale = null;

  /**
   * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
   * @param {Surface} surface
   * @param {unknown[]} made what else the picture is made of: another, and it is drawn anew
   * @param {Drawing} draw
   */
  draw(context, { view, size, dpr }, made, draw) {
    const steady = this.#scale === view.scale;
    this.#scale = view.scale;
    const all = [...made, size.width, size.height, dpr];
    const kept = this.#kept && alike(this.#kept.made, all) ? this.#kept : null;
    const by = kept && moved(kept.view, view, size);
    if (kept && by) return put(context, kept.canvas, by, size, dpr);
    if (!steady) return draw(context, size);
    this.#kept = { canvas: surroundings(size, dpr, draw), view, made: all };
    put(context, this.#kept.canvas, [0, 0], size, dpr);
  }
}

/** The picture with its room around it. @param {Size} size @param {number} dpr @param {Drawing} draw */
function surroundings(size, dpr, draw) {
  const whole = { width: size.width * (1 + 2 * ROOM), height: size.height * (1 + 2 * ROOM) };
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.ceil(whole.width * dpr), height: Math.ceil(whole.height * dpr) });
  const context = brush(canvas);
  context.scale(dpr, dpr);
  draw(context, whole);
  return canvas;
}

/** @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} canvas @param {Place} by CSS px @param {Size} size @param {number} dpr */
function put(context, canvas, [x, y], size, dpr) {
  /** @param {number} value */
  const whole = (value) => Math.round(value * dpr) / dpr;
  const [left, top] = [whole(x - ROOM * size.width), whole(y - ROOM * size.height)];
  context.drawImage(canvas, left, top, canvas.width / dpr, canvas.height / dpr);
}

/** @param {unknown[]} a @param {unknown[]} b */
const alike = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

/** The map of the time machine: class-coloured points on axes that grow calmly and never jump. */

import { drawAxes, margins } from "../plot/axes.js";
import { AxisTitles } from "../plot/axis_titles.js";
import { SHOWN, HIDDEN } from "../plot/cloud.js";
import { classColours } from "../plot/palette.js";
import { PointLayer } from "../plot/points.js";
import { fit } from "../plot/view.js";
import { brush, element } from "../pieces/element.js";
import { readTheme } from "../pieces/theme.js";

/**
 * @import { Bounds, View } from "../plot/view.js"
 * @typedef {{axes: string[], zeros: boolean}} AxisNames zeros: whether the axes' zero means something
 */

/** Share of the way to the wanted view that is left after a frame of 16 ms. */
const LAG = 0.88;
const CLOSE = 1e-3;

/** @param {View} view @param {View} wanted @param {number} share 0…1 @returns {View} a view on the way */
export function nearer(view, wanted, share) {
  /** @param {"x"|"y"} name */
  const between = (name) => view[name] + share * (wanted[name] - view[name]);
  const scale = view.scale * (wanted.scale / view.scale) ** share;
  return { x: between("x"), y: between("y"), scale };
}

/** Whether two views differ by less than can be seen. @param {View} a @param {View} b */
const same = (a, b) => Math.abs(Math.log(a.scale / b.scale)) < CLOSE && Math.hypot(a.x - b.x, a.y - b.y) * b.scale < 0.2;

export class MapView {
  #axes = element("canvas", "journal-axes", { "aria-hidden": "true" });
  #points = element("canvas", "journal-points", { role: "img", "aria-label": "Map of the test images" });
  #layer = new PointLayer(this.#points);
  #size = { width: 0, height: 0 };
  #dpr = 1;
  /** @type {View|null} */
  #view = null;
  /** @type {Bounds} */
  #bounds = [-3, 3, -3, 3];
  /** @type {Uint32Array} */
  #colours = new Uint32Array(0);
  /** @type {Uint8Array} */
  #groups = new Uint8Array(0);
  #titles = new AxisTitles();
  #flat = true;
  #zeros = true;

  constructor() {
    this.root = element("div", "journal-field", {}, [this.#axes, this.#points, ...this.#titles.nodes]);
  }

  /** @param {Uint8Array} labels @param {string[]} colours a class @param {Set<number>} hidden @param {AxisNames} layout */
  dress(labels, colours, hidden, { axes, zeros }) {
    this.#colours = classColours(labels, colours);
    this.#groups = labels.map((label) => (hidden.has(label) ? HIDDEN : SHOWN));
    [this.#flat, this.#zeros] = [axes.length < 2, zeros];
    this.#titles.show(axes);
  }

  /** @param {Bounds} bounds of everything that will be shown */
  aim(bounds) {
    this.#bounds = bounds;
  }

  /** Begin anew: the next view is taken at once. */
  reset() {
    this.#view = null;
  }

  /** @returns {boolean} whether its size became another */
  measure() {
    const [width, height, dpr] = [this.root.clientWidth, this.root.clientHeight, window.devicePixelRatio || 1];
    const { left, right, top, bottom } = margins(this.#flat);
    const size = { width: Math.max(0, width - left - right), height: Math.max(0, height - top - bottom) };
    if (size.width === this.#size.width && size.height === this.#size.height && dpr === this.#dpr) return false;
    Object.assign(this.#axes, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
    Object.assign(this.#points, { width: Math.round(size.width * dpr), height: Math.round(size.height * dpr) });
    this.#axes.style.cssText = `left:0;top:0;width:${width}px;height:${height}px`;
    this.#points.style.cssText = `left:${left}px;top:${top}px;width:${size.width}px;height:${size.height}px`;
    [this.#size, this.#dpr, this.#view] = [size, dpr, null];
    return true;
  }

  /**
   * @param {import("./snapshot.js").Places} places @param {boolean} calm without gliding
   * @returns {boolean} whether the view is still on its way and wants another frame
   */
  draw({ xs, ys }, calm) {
    if (!this.#size.width || !this.#size.height) return false;
    const wanted = fit(this.#bounds, this.#size);
    const there = calm || this.#view === null || same(this.#view, wanted);
    this.#view = there || !this.#view ? wanted : nearer(this.#view, wanted, 1 - LAG);
    this.#drawAxes(this.#view, readTheme(this.root));
    const scene = { cloud: { n: xs.length, xs, ys }, bounds: this.#bounds };
    this.#layer.draw(scene, this.#colours, this.#groups, this.#view, this.#size, this.#dpr);
    return !there;
  }

  /** @param {View} view @param {import("../pieces/theme.js").Theme} theme */
  #drawAxes(view, theme) {
    const context = brush(this.#axes);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#axes.width, this.#axes.height);
    context.setTransform(this.#dpr, 0, 0, this.#dpr, 0, 0);
    const scene = { view, size: this.#size, flat: this.#flat, zeros: this.#zeros };
    drawAxes(context, scene, theme, this.#dpr);
  }
}

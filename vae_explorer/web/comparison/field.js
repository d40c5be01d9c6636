/** The map of one column: its points, and the marks of what all columns show. */

import { brush, element } from "../pieces/element.js";
import { readTheme, watchTheme } from "../pieces/theme.js";
import { drawAxes, margins } from "../plot/axes.js";
import { AxisTitles } from "../plot/axis_titles.js";
import { groupsOf, placeOf } from "../plot/cloud.js";
import { pointsWithin } from "../plot/lasso.js";
import { nearest } from "../plot/nearest.js";
import { PointColours } from "../plot/point_colours.js";
import { PointLayer } from "../plot/points.js";
import { boundsOf, fit, toData, toScreen } from "../plot/view.js";
import { drawMarks } from "./marks.js";
import { Pointer } from "./pointer.js";

/**
 * @import { Theme } from "../pieces/theme.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, View } from "../plot/view.js"
 * @import { ComparedMap, ComparisonData } from "./data.js"
 */
/**
 * @typedef {{hover: (index: number|null, place: Place) => void, leave: () => void, choose: (index: number) => void,
 *   select: (flags: Uint8Array, count: number) => void}} Told what the hand did: images by index, places in data units
 */

/** How near a point must be to be meant, CSS px. */
const REACH = 8;
const KEYS = "Arrow keys move over the map, Enter chooses the nearest image, Escape clears the selection";
/** CSS px of a step of the arrow keys. */
const STEP = 8;
/** @type {Record<string, Place>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Field {
  /** @type {{map: ComparedMap, data: ComparisonData, cloud: Cloud}|null} */
  #seen = null;
  #axes = element("canvas", "field-axes", { "aria-hidden": "true" });
  #points = element("canvas", "field-points", { "aria-hidden": "true" });
  #over = element("canvas", "field-over", { tabindex: "0", role: "application", "aria-label": KEYS });
  #titles = new AxisTitles();
  #layer = new PointLayer(this.#points);
  #colours = new PointColours();
  /** @type {Uint8Array} */
  #groups = new Uint8Array(0);
  #size = { width: 0, height: 0 };
  #dpr = 1;
  /** Read anew where everything is drawn anew: to read it costs more than the marks. @type {Theme|null} */
  #theme = null;
  /** @type {number|null} */
  #frame = null;
  /** Of images, by index. @type {Uint8Array|null} */
  #selected = null;
  /** @type {Place[]|null} CSS px */
  #area = null;
  /** @type {Place} CSS px */
  #at = [0, 0];
  /** Where the chosen image and what is under the hand lie, data units. @type {{chosen: Place|null, hand: Place|null}} */
  #marked = { chosen: null, hand: null };

  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.root = element("div", "field", {}, [this.#axes, this.#points, this.#over, ...this.#titles.nodes]);
    this.pointer = new Pointer(this.#over, {
      hover: (at) => this.#hover(at),
      leave: () => told.leave(),
      tap: (at) => this.#choose(at),
      area: (corners) => this.#outline(corners),
      areaEnd: (corners) => this.#select(corners),
    });
    this.#over.addEventListener("keydown", (event) => this.#key(event));
    this.resized = new ResizeObserver(() => this.#measure());
    this.resized.observe(this.root);
    this.unwatch = watchTheme(this.root, () => this.#paint());
  }

  /** @param {ComparedMap} map @param {ComparisonData} data @param {Cloud} cloud */
  show(map, data, cloud) {
    this.#seen = { map, data, cloud };
    this.#over.setAttribute("aria-label", `Map of ${map.model}. ${KEYS}`);
    this.#titles.show(map.titles);
    this.#measure();
    this.#regroup();
  }

  /** @param {Uint8Array|null} flags of images, by index */
  select(flags) {
    this.#selected = flags;
    this.#regroup();
  }

  /** @param {Partial<{chosen: Place|null, hand: Place|null}>} marks data units */
  mark(marks) {
    Object.assign(this.#marked, marks);
    this.#frame ??= requestAnimationFrame(() => this.#paintMarks());
  }

  /** @param {number} index of an image @returns {Place|null} where it lies, data units */
  placeOf(index) {
    return this.#seen && placeOf(this.#seen.cloud, index);
  }

  /** Points lie elsewhere. */
  moved() {
    this.#paint();
  }

  /** What its values are coloured by; null where it is coloured by category. */
  get scale() {
    return this.#colours.scale;
  }

  close() {
    this.resized.disconnect();
    this.unwatch();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }

  /** @returns {View|null} */
  get #view() {
    return this.#seen && this.#size.width > 0 && this.#size.height > 0 ? fit(this.#seen.map.extent, this.#size) : null;
  }

  #measure() {
    if (!this.#seen) return;
    const { left, right, top, bottom } = margins(this.#seen.map.titles.length < 2);
    const [width, height, dpr] = [this.root.clientWidth, this.root.clientHeight, window.devicePixelRatio || 1];
    this.#size = { width: Math.max(0, width - left - right), height: Math.max(0, height - top - bottom) };
    this.#dpr = dpr;
    lay(this.#axes, { left: 0, top: 0, width, height }, dpr);
    for (const canvas of [this.#points, this.#over]) lay(canvas, { left, top, ...this.#size }, dpr);
    this.#paint();
  }

  #regroup() {
    if (!this.#seen) return;
    const { cloud, data } = this.#seen;
    const flags = this.#selected;
    const selected = flags && Uint8Array.from(cloud.order, (index) => flags[index]);
    this.#groups = groupsOf(cloud, new Set(data.legend.hidden), selected);
    this.#paint();
  }

  #paint() {
    const [seen, view, size, dpr] = [this.#seen, this.#view, this.#size, this.#dpr];
    if (!seen || !view || this.#groups.length !== seen.cloud.n) return;
    const { cloud, data, map } = seen;
    const theme = readTheme(this.root);
    this.#theme = theme;
    this.#colours.update(cloud, data, theme.dark);
    drawAxes(cleared(this.#axes, dpr), { view, size, flat: map.titles.length < 2, zeros: true }, theme, dpr);
    this.#layer.draw({ cloud, bounds: boundsOf(cloud.xs, cloud.ys) }, this.#colours.colours, this.#groups, view, size, dpr);
    this.#paintMarks();
  }

  #paintMarks() {
    this.#frame = null;
    const [view, size, theme] = [this.#view, this.#size, this.#theme];
    if (!view || !theme) return;
    /** @param {Place|null} place */
    const on = (place) => place && toScreen(view, size, place);
    const marks = { chosen: on(this.#marked.chosen), hand: on(this.#marked.hand), area: this.#area };
    drawMarks(cleared(this.#over, this.#dpr), marks, size, theme);
  }

  /** @param {Place} at CSS px @returns {{place: Place, index: number|null}|null} data units, and the image that is meant */
  #under(at) {
    const [seen, view] = [this.#seen, this.#view];
    if (!seen || !view) return null;
    const place = toData(view, this.#size, at);
    const near = nearest(seen.cloud, this.#groups, place, REACH / view.scale);
    return { place, index: near === null ? null : seen.cloud.order[near] };
  }

  /** @param {Place} at CSS px */
  #hover(at) {
    this.#at = at;
    const found = this.#under(at);
    if (found) this.told.hover(found.index, found.place);
  }

  /** @param {Place} at CSS px @param {number} [reach] how far a point may be, data units */
  #choose(at, reach) {
    const [seen, found] = [this.#seen, this.#under(at)];
    if (!seen || !found) return;
    const near = reach === undefined ? found.index : seen.cloud.order[nearest(seen.cloud, this.#groups, found.place, reach) ?? -1];
    if (near !== null && near !== undefined) this.told.choose(near);
  }

  /** @param {Place[]} corners CSS px */
  #outline(corners) {
    this.#area = corners;
    this.mark({});
  }

  /** @param {Place[]|null} corners CSS px */
  #select(corners) {
    this.#area = null;
    this.mark({});
    const [seen, view] = [this.#seen, this.#view];
    if (!corners || !seen || !view) return;
    const { flags, count } = pointsWithin(seen.cloud, this.#groups, corners.map((at) => toData(view, this.#size, at)));
    const byIndex = new Uint8Array(seen.cloud.rank.length);
    flags.forEach((flag, k) => (byIndex[seen.cloud.order[k]] = flag));
    this.told.select(byIndex, count);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = ARROWS[event.key];
    if (event.key === "Enter") this.#choose(this.#at, Infinity);
    else if (step) this.#hover(within([this.#at[0] + STEP * step[0], this.#at[1] + STEP * step[1]], this.#size));
    else return;
    event.preventDefault();
  }
}

/** @param {Place} at @param {{width: number, height: number}} size @returns {Place} */
const within = ([x, y], { width, height }) => [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];

/** @param {HTMLCanvasElement} canvas @param {{left: number, top: number, width: number, height: number}} box CSS px @param {number} dpr */
function lay(canvas, { left, top, width, height }, dpr) {
  canvas.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
}

/** @param {HTMLCanvasElement} canvas @param {number} dpr @returns {CanvasRenderingContext2D} in CSS px */
function cleared(canvas, dpr) {
  const context = brush(canvas);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  return context;
}

/** What the hand and the keys do to the map. */

import { Gestures } from "./gestures.js";
import { keyAction } from "./keys.js";
import { nearest } from "../plot/nearest.js";
import { box } from "../plot/lasso.js";
import { toData, toScreen } from "../plot/view.js";

const PICK_PX = 6;

/**
 * @import { Outbox } from "../wire/outbox.js"
 * @import { Camera } from "../plot/camera.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, View } from "../plot/view.js"
 * @import { Choice } from "./choice.js"
 * @import { Filter } from "./filter.js"
 * @import { Actions, Tool } from "./gestures.js"
 * @import { Hand } from "./hand.js"
 * @import { Readout } from "./readout.js"
 * @import { Stage } from "./stage.js"
 */
/**
 * @typedef {{out: Outbox, stage: Stage, camera: Camera, hand: Hand, choice: Choice, filter: Filter, readout: Readout,
 *   tool: () => Tool, cloud: () => Cloud|null, pinPlace: () => Place|null, pictureAt: (at: Place) => number|null,
 *   changed: () => void}} Parts
 *   what the hand moves, and what it asks for; changed: called where the card is about something else
 * @typedef {{cloud: Cloud, view: View}} Plot
 */

/** @implements {Actions} */
export class Controls {
  #parts;
  #gestures;
  /** Where a box began that is drawn by keys, data units. @type {Place|null} */
  #corner = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const canvas = parts.stage.layers.overlay;
    this.#gestures = new Gestures(canvas, this, parts.tool);
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  start() {
    this.#parts.out.hold();
  }

  end() {
    this.#parts.out.release();
  }

  /** @param {number} dx @param {number} dy CSS px */
  pan(dx, dy) {
    this.#look(() => this.#parts.camera.pan(dx, dy));
  }

  /** @param {Place} at CSS px @param {number} factor */
  zoom(at, factor) {
    const { camera, hand, stage } = this.#parts;
    this.#look(() => camera.zoom(stage.size, at, factor));
    if (hand.pointer) this.hover(hand.pointer);
  }

  fit() {
    const { camera, stage } = this.#parts;
    this.#look(() => camera.fit(stage.size));
  }

  /** Bring a place into the plot, unless it lies there. @param {Place} place data units */
  show(place) {
    const { camera, stage } = this.#parts;
    if (!camera.view) return;
    const [x, y] = toScreen(camera.view, stage.size, place);
    const inside = x >= 0 && y >= 0 && x <= stage.size.width && y <= stage.size.height;
    if (!inside) this.#look(() => camera.centre(place));
  }

  /** @param {Place} at CSS px @param {boolean} [dragging] */
  hover(at, dragging = false) {
    const plot = this.#plot;
    if (!plot) return;
    this.#parts.hand.move(at, this.#nearest(plot, at), dragging);
    this.#parts.changed();
  }

  leave() {
    if (!this.#parts.hand.pointer) return;
    this.#parts.hand.leave();
    this.#parts.changed();
  }

  /** @param {Place} at CSS px */
  tap(at) {
    const plot = this.#plot;
    if (!plot) return;
    const { choice, hand, readout } = this.#parts;
    choice.remember();
    hand.tap(at);
    const hit = this.#nearest(plot, at);
    const place = this.#place(plot, at);
    if (hit === null) choice.pinOn(place, readout.zAt(place));
    else choice.choose(plot.cloud.order[hit]);
  }

  /** A double click shows everything and leaves the pin where it was before its first click. */
  doubleTap() {
    this.#parts.choice.recall();
    if (this.#plot) this.fit();
  }

  /** @param {Place[]|null} polygon CSS px */
  area(polygon) {
    this.#parts.hand.area = polygon;
    this.#parts.stage.invalidate("overlay");
  }

  /** @param {Place[]|null} polygon CSS px */
  areaEnd(polygon) {
    this.area(null);
    const plot = this.#plot;
    if (polygon && plot) this.#parts.filter.select(polygon.map((at) => this.#place(plot, at)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const [action, plot] = [keyAction(event), this.#plot];
    if (!action || !plot) return;
    event.preventDefault();
    const { width, height } = this.#parts.stage.size;
    this.#parts.hand.leave();
    if (action.name === "move") this.#move((action.by[0] * width) / plot.view.scale, (action.by[1] * width) / plot.view.scale);
    if (action.name === "zoom") this.zoom([width / 2, height / 2], action.factor);
    if (action.name === "fit") this.fit();
    if (action.name === "mark") this.#corner = this.#parts.pinPlace();
    if (action.name === "choose") this.#choose(plot);
    if (action.name === "clear" && !this.#gestures.giveUp() && !this.#dropBox()) this.#clear();
    const drawn = this.#boxDrawn();
    if (drawn) this.area(drawn);
  }

  /** The image nearest to the pin or, where a box is drawn, those within. @param {Plot} plot */
  #choose({ cloud }) {
    const drawn = this.#boxDrawn();
    if (drawn && this.#dropBox()) return this.areaEnd(drawn);
    const { choice, filter, pinPlace } = this.#parts;
    const from = pinPlace();
    const hit = from && nearest(cloud, filter.groups, from, Infinity);
    if (hit !== null) choice.choose(cloud.order[hit]);
  }

  /** The box from its corner to the pin. @returns {Place[]|null} CSS px */
  #boxDrawn() {
    const [corner, pin, plot] = [this.#corner, this.#parts.pinPlace(), this.#plot];
    if (!corner || !pin || !plot) return null;
    /** @param {Place} place */
    const onScreen = (place) => toScreen(plot.view, this.#parts.stage.size, place);
    return box(onScreen(corner), onScreen(pin));
  }

  /** @returns {boolean} whether a box was being drawn by keys */
  #dropBox() {
    const drawn = this.#corner !== null;
    this.#corner = null;
    if (drawn) this.area(null);
    return drawn;
  }

  /** @param {number} dx @param {number} dy data units */
  #move(dx, dy) {
    const from = this.#parts.pinPlace();
    if (from) this.#parts.choice.pinOn([from[0] + dx, from[1] + dy]);
  }

  #clear() {
    const { filter, choice } = this.#parts;
    if (filter.selected) filter.clear();
    choice.clear();
  }

  /** @param {() => void} change of the view */
  #look(change) {
    const { out, camera, stage } = this.#parts;
    change();
    out.put("view", camera.state);
    stage.invalidate();
  }

  /** The points and the view of them, once there are both. @returns {Plot|null} */
  get #plot() {
    const cloud = this.#parts.cloud();
    const { view } = this.#parts.camera;
    return cloud && view ? { cloud, view } : null;
  }

  /** @param {Plot} plot @param {Place} at CSS px */
  #place({ view }, at) {
    return toData(view, this.#parts.stage.size, at);
  }

  /** @param {Plot} plot @param {Place} at CSS px @returns {number|null} drawing position of the point there */
  #nearest(plot, at) {
    const { filter, pictureAt } = this.#parts;
    return nearest(plot.cloud, filter.groups, this.#place(plot, at), PICK_PX / plot.view.scale) ?? pictureAt(at);
  }
}

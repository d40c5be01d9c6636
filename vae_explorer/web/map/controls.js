/** What the hand and the keys do to the map. */

import { Gestures } from "./gestures.js";
import { keyAction } from "./keys.js";
import { nearest } from "./nearest.js";
import { toScreen } from "../plot/view.js";

const PICK_PX = 6;

/** @implements {import("./gestures.js").Actions} */
export class Steering {
  #map;
  #gestures;

  /** @param {import("./map.js").LatentMap} map with its stage and its tools */
  constructor(map) {
    this.#map = map;
    const canvas = map.stage.layers.overlay;
    this.#gestures = new Gestures(canvas, this, () => map.toolbar.tool);
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  start() {
    this.#map.out.hold();
  }

  end() {
    this.#map.out.release();
  }

  pan(dx, dy) {
    this.#look(() => this.#map.camera.pan(dx, dy));
  }

  zoom(at, factor) {
    const { camera, hand, stage } = this.#map;
    this.#look(() => camera.zoom(stage.size, at, factor));
    if (hand.pointer) this.hover(hand.pointer);
  }

  fit() {
    const { camera, stage } = this.#map;
    this.#look(() => camera.fit(stage.size));
  }

  /** Bring a place into the plot, unless it lies there. @param {[number, number]} place data units */
  show(place) {
    if (!this.#map.ready) return;
    const { camera, stage } = this.#map;
    const [x, y] = toScreen(camera.view, stage.size, place);
    const inside = x >= 0 && y >= 0 && x <= stage.size.width && y <= stage.size.height;
    if (!inside) this.#look(() => camera.centre(place));
  }

  hover(at, dragging = false) {
    if (!this.#map.ready) return;
    this.#map.hand.move(at, this.#nearest(at), dragging);
    this.#map.refresh();
  }

  leave() {
    if (!this.#map.hand.pointer) return;
    this.#map.hand.leave();
    this.#map.refresh();
  }

  tap(at) {
    const { ready, choice, hand, scene, reading } = this.#map;
    if (!ready) return;
    choice.remember();
    hand.tap(at);
    const hit = this.#nearest(at);
    const place = this.#map.place(at);
    if (hit === null) choice.pinOn(place, reading.zAt(place));
    else choice.choose(scene.cloud.order[hit]);
  }

  /** A double click shows everything and leaves the pin where it was before its first click. */
  doubleTap() {
    this.#map.choice.recall();
    if (this.#map.ready) this.fit();
  }

  area(polygon) {
    this.#map.hand.area = polygon;
    this.#map.stage.invalidate("overlay");
  }

  areaEnd(polygon) {
    this.area(null);
    if (polygon && this.#map.ready) this.#map.filter.select(polygon.map((at) => this.#map.place(at)));
  }

  #key(event) {
    const [name, ...rest] = keyAction(event) ?? [];
    if (!name || !this.#map.ready) return;
    event.preventDefault();
    const { stage, camera, hand } = this.#map;
    const { width, height } = stage.size;
    hand.leave();
    if (name === "move") this.#move(rest.map((share) => (share * width) / camera.view.scale));
    if (name === "zoom") this.zoom([width / 2, height / 2], rest[0]);
    if (name === "fit") this.fit();
    if (name === "clear" && !this.#gestures.giveUp()) this.#clear();
  }

  /** @param {[number, number]} step data units */
  #move([dx, dy]) {
    const from = this.#map.whereabouts.place(this.#map);
    if (from) this.#map.choice.pinOn([from[0] + dx, from[1] + dy]);
  }

  #clear() {
    const { filter, choice } = this.#map;
    if (filter.selected) filter.clear();
    choice.clear();
  }

  #look(change) {
    const { out, camera, stage } = this.#map;
    change();
    out.put("view", camera.state);
    stage.invalidate();
  }

  #nearest(at) {
    const { scene, filter, camera, painter } = this.#map;
    const point = nearest(scene.cloud, filter.groups, this.#map.place(at), PICK_PX / camera.view.scale);
    return point ?? painter.pictureAt(at);
  }
}

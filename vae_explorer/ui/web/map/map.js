/** The latent map: puts stage, card, legend and tools together, and holds what is being looked at. */

import { loadOriginal, loadPoint } from "../points.js";
import { readTheme } from "../theme.js";
import { drawAxes } from "./axes.js";
import { Camera } from "./camera.js";
import { Card } from "./card.js";
import { classCounts, groupsOf } from "./cloud.js";
import { ColourBar } from "./colourbar.js";
import { Colouring } from "./colouring.js";
import { element, setText } from "./element.js";
import { Gestures } from "./gestures.js";
import { keyAction } from "./keys.js";
import { pointsWithin } from "./lasso.js";
import { Legend } from "./legend.js";
import { alike, Outbox } from "./outbox.js";
import { drawOverlay } from "./overlay.js";
import { nearest } from "./picking.js";
import { covariance, lift, project } from "./plane.js";
import { PointLayer } from "./points.js";
import { Preview } from "./preview.js";
import { loadScene, planeKey, sceneKey } from "./scene.js";
import { Stage } from "./stage.js";
import { Toolbar } from "./toolbar.js";
import { toData } from "./view.js";
import { imageText, selectionText } from "./words.js";

const PICK_PX = 6;
const CALM_PX = 12;

export class LatentMap {
  data = null;
  scene = null;
  camera = new Camera();
  pin = [];
  /** The chosen data point; details arrive a moment after the index. */
  point = null;
  details = null;
  hidden = new Set();
  selected = null;
  groups = new Uint8Array(0);
  pointer = null;
  near = null;
  area = null;
  calm = null;
  beforeTap = null;
  closed = false;

  /** @param {HTMLElement} root emptied, then filled */
  constructor(root) {
    this.root = root;
    this.out = new Outbox(() => {});
    this.stage = new Stage((layer) => this.#draw(layer), () => this.camera.resize(this.stage.size));
    this.points = new PointLayer(this.stage.layers.points);
    this.colouring = new Colouring();
    this.bar = new ColourBar();
    this.card = new Card();
    this.notice = element("p", "map-notice", { "aria-live": "polite" });
    this.legend = new Legend((hidden) => this.#hide(hidden));
    this.toolbar = new Toolbar((tool) => (this.stage.root.dataset.tool = tool), {
      clear: () => this.#select(null, 0),
      fit: () => this.#fit(),
    });
    this.preview = new Preview((reply, wanted) => this.card.paint(reply, wanted), (text) => this.card.setStatus(text));
    this.gestures = new Gestures(this.stage.layers.overlay, this.#actions(), () => this.toolbar.tool);
    this.stage.layers.overlay.addEventListener("keydown", (event) => this.#key(event));
    this.#assemble();
  }

  /** @param {{data: object, setStateValue: Function}} component as Streamlit hands it over, again and again */
  update({ data, setStateValue }) {
    this.out.send = setStateValue;
    const text = JSON.stringify(data);
    if (text === this.wanted) return;
    this.wanted = text;
    if (sceneKey(data) === this.scene?.key) this.#apply(data, this.scene);
    else this.#load(data, text);
  }

  close() {
    this.closed = true;
    this.stage.close();
    this.preview.close();
    this.out.close();
    this.root.replaceChildren();
  }

  #assemble() {
    this.stage.root.append(this.bar.root, this.notice);
    this.toolbar.setSelection(false);
    const head = element("div", "map-head", {}, [this.legend.root, this.toolbar.root]);
    const body = element("div", "map-body", {}, [this.stage.root, this.card.root]);
    this.frame = element("div", "map", { "data-state": "loading" }, [element("div", "map-layout", {}, [head, body])]);
    this.root.replaceChildren(this.frame);
  }

  async #load(data, text) {
    this.frame.dataset.state = "loading";
    setText(this.notice, this.scene ? "" : "Loading the points …");
    try {
      const scene = await loadScene(data);
      if (!this.closed && text === this.wanted) this.#apply(data, scene);
    } catch (error) {
      if (this.closed || text !== this.wanted) return;
      this.wanted = null;
      this.frame.dataset.state = "failed";
      setText(this.notice, error.message);
    }
  }

  #apply(data, scene) {
    const before = this.data;
    this.data = data;
    this.scene = scene;
    this.frame.dataset.state = "ready";
    setText(this.notice, "");
    if (before && (before.model !== data.model || before.n !== data.n)) this.#forget();
    this.#adoptView(data, before);
    this.#adoptPin(data);
    if (this.out.adopt("hidden", data.hidden)) this.hidden = new Set(data.hidden);
    this.card.root.hidden = !data.card;
    this.stage.shape(data.height, data.axes.length < 2);
    this.#regroup();
    this.#rest();
  }

  #forget() {
    this.#select(null, 0);
    this.details = this.near = null;
    if (this.point !== null) this.#choose(this.point);
  }

  #adoptView(data, before) {
    this.camera.bounds = data.extent ?? this.scene.bounds;
    const moved = before && planeKey(before) !== planeKey(data);
    if (this.out.adopt("view", data.view)) this.camera.adopt(data.view, this.stage.size);
    else if (moved) this.#fit();
    else this.camera.resize(this.stage.size);
  }

  #adoptPin({ pin, point, latent_dim: units }) {
    const news = this.out.adopt("pin", pin);
    if (news) this.pin = pin;
    if (this.pin.length !== units) this.pin = pin?.length === units ? pin : new Array(units).fill(0);
    if (this.out.adopt("point", point)) return point === null ? this.#unchoose() : this.#choose(point);
    if (news && this.details && !alike(pin, this.details.mu)) this.#unchoose();
  }

  #actions() {
    return {
      hover: (at) => this.#hover(at),
      leave: () => this.#leave(),
      tap: (at) => this.#tap(at),
      doubleTap: () => this.#undoTap() || this.#fit(),
      start: () => this.out.hold(),
      end: () => this.out.release(),
      pan: (dx, dy) => this.#look(() => this.camera.pan(dx, dy)),
      zoom: (at, factor) => this.#look(() => this.camera.zoom(this.stage.size, at, factor)),
      area: (polygon) => this.#outline(polygon),
      areaEnd: (polygon) => this.#selectWithin(polygon),
    };
  }

  #key(event) {
    const [name, ...rest] = keyAction(event) ?? [];
    if (!name || !this.camera.view) return;
    event.preventDefault();
    const { width, height } = this.stage.size;
    const middle = [width / 2, height / 2];
    if (name === "move") this.#movePin(rest.map((share) => (share * width) / this.camera.view.scale));
    if (name === "zoom") this.#look(() => this.camera.zoom(this.stage.size, middle, rest[0]));
    if (name === "fit") this.#fit();
    if (name === "clear" && !this.gestures.giveUp()) this.#clear();
  }

  #look(change) {
    change();
    this.out.put("view", this.camera.state);
    this.stage.invalidate();
  }

  #fit() {
    this.#look(() => this.camera.fit(this.stage.size));
  }

  #place(at) {
    return toData(this.camera.view, this.stage.size, at);
  }

  #nearest(at) {
    return nearest(this.scene.cloud, this.groups, this.#place(at), PICK_PX / this.camera.view.scale);
  }

  #hover(at) {
    if (!this.scene || !this.camera.view) return;
    this.pointer = at;
    this.near = this.#nearest(at);
    this.stage.invalidate("overlay");
    if (this.calm && Math.hypot(at[0] - this.calm[0], at[1] - this.calm[1]) < CALM_PX) return;
    this.calm = null;
    if (!this.data.card) return;
    const z = lift(this.data.plane, this.#place(at), this.pin);
    this.card.describe("pointer", "Under the pointer", this.#nearText(), z);
    this.preview.show({ model: this.data.model, z, place: "single" });
  }

  #nearText() {
    if (this.near === null) return "Click to pin this place.";
    const { order, labels } = this.scene.cloud;
    return `Near ${imageText(order[this.near], this.data.classes[labels[this.near]]).toLowerCase()}`;
  }

  #leave() {
    if (!this.pointer) return;
    this.pointer = this.near = this.calm = null;
    this.#rest();
  }

  /** The card returns to the pin or the chosen point. */
  #rest() {
    this.stage.invalidate("overlay");
    if (!this.data?.card) return;
    const { details, data } = this;
    const place = details ? "pair" : "single";
    if (details) this.card.describe("point", imageText(details.index, data.classes[details.label]), "", this.pin);
    else this.card.describe("pin", "Pinned", "Move over the map to decode.", this.pin);
    this.preview.show({ model: data.model, z: this.pin, place });
  }

  #tap(at) {
    if (!this.scene || !this.camera.view) return;
    this.beforeTap = { pin: this.pin, point: this.point, details: this.details };
    this.calm = at;
    const hit = this.#nearest(at);
    if (hit === null) this.#pinAt(this.#place(at));
    else this.#choose(this.scene.cloud.order[hit]);
  }

  /** A double click shows everything and leaves the pin where it was before its first click. */
  #undoTap() {
    if (!this.beforeTap) return;
    Object.assign(this, this.beforeTap);
    this.beforeTap = null;
    this.#sendPin();
  }

  #movePin([dx, dy]) {
    const [x, y] = project(this.data.plane, this.pin);
    this.#pinAt([x + dx, y + dy]);
  }

  #pinAt(place) {
    this.pin = lift(this.data.plane, place, this.pin);
    this.#unchoose();
    this.#sendPin();
  }

  #unchoose() {
    this.point = this.details = null;
  }

  #sendPin() {
    this.out.put("pin", this.pin);
    this.out.put("point", this.point);
    this.#rest();
  }

  async #choose(index) {
    const { model, version, dataset } = this.data;
    this.point = index;
    const current = () => !this.closed && this.point === index && this.data.model === model;
    try {
      const details = await loadPoint(model, version, index);
      if (current()) this.#showPoint(details, loadOriginal(dataset.name, dataset.split, index), current);
    } catch (error) {
      if (current()) this.card.setStatus(error.message);
    }
  }

  async #showPoint(details, original, current) {
    this.details = details;
    this.pin = details.mu;
    this.#sendPin();
    this.card.showPoint(details);
    const { available, note } = this.data.dataset;
    this.card.showOriginal(available ? null : { error: note });
    if (!available) return;
    const image = await original;
    if (current()) this.card.showOriginal(image);
  }

  #hide(hidden) {
    this.hidden = hidden;
    this.out.put("hidden", [...hidden].sort((a, b) => a - b));
    this.#regroup();
  }

  #regroup() {
    const { cloud } = this.scene;
    this.groups = groupsOf(cloud, this.hidden, this.selected);
    this.legend.update(this.data, classCounts(cloud.labels, this.data.classes.length), this.hidden);
    this.stage.invalidate();
  }

  #outline(polygon) {
    this.area = polygon;
    this.stage.invalidate("overlay");
  }

  #selectWithin(polygon) {
    this.#outline(null);
    if (!polygon || !this.scene) return;
    const { flags, count } = pointsWithin(this.scene.cloud, this.groups, polygon.map((at) => this.#place(at)));
    this.#select(count ? flags : null, count);
  }

  #select(flags, count) {
    this.selected = flags;
    this.out.put("selection", count);
    this.toolbar.setSelection(count > 0);
    const { classes } = this.data;
    const counts = flags ? classCounts(this.scene.cloud.labels, classes.length, flags) : [];
    this.card.setSelection(count ? selectionText(count, counts, classes) : "");
    if (this.scene) this.#regroup();
  }

  #clear() {
    this.#select(null, 0);
    this.#unchoose();
    this.#sendPin();
  }

  #draw(layer) {
    if (!this.scene || !this.camera.view) return;
    const theme = readTheme(this.frame);
    if (layer === "axes") this.#drawAxes(theme);
    if (layer === "points") this.#drawPoints(theme);
    if (layer === "overlay") this.#drawOverlay(theme);
  }

  #drawAxes(theme) {
    const { view } = this.camera;
    const names = this.data.axes.map(({ label }) => label);
    const { size, dpr } = this.stage;
    drawAxes(this.stage.context("axes"), { view, size, names, flat: names.length < 2 }, theme, dpr);
    this.card.redraw();
  }

  #drawPoints(theme) {
    const { colour } = this.data;
    if (this.colouring.update(this.scene.cloud, this.data, theme.dark)) {
      const { scale } = this.colouring;
      if (scale) this.bar.show(colour.label, scale.range, scale.ramp);
      else this.bar.hide();
    }
    this.points.draw(this.scene, this.colouring.colours, this.groups, this.camera.view, this.stage.size, this.stage.dpr);
  }

  #drawOverlay(theme) {
    const { plane } = this.data;
    const { xs, ys } = this.scene.cloud;
    const logvar = this.details?.logvar;
    drawOverlay(
      this.stage.context("overlay"),
      {
        view: this.camera.view,
        size: this.stage.size,
        pin: project(plane, this.pin),
        pointer: this.pointer,
        posterior: logvar ? { place: project(plane, this.details.mu), covariance: covariance(plane, logvar) } : null,
        near: this.near === null ? null : [xs[this.near], ys[this.near]],
        area: this.area,
      },
      theme,
    );
  }
}

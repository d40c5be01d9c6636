/** The latent map: puts stage, card, legend and tools together. */

import { readTheme } from "../theme.js";
import { Camera } from "./camera.js";
import { caption } from "./caption.js";
import { Card } from "./card.js";
import { Choice } from "./choice.js";
import { element, setText } from "../element.js";
import { Filter } from "./filter.js";
import { Gestures } from "./gestures.js";
import { Hand } from "./hand.js";
import { keyAction } from "./keys.js";
import { Legend } from "../legend/legend.js";
import { Outbox } from "../outbox.js";
import { Painter } from "./painter.js";
import { nearest } from "./picking.js";
import { layout } from "./layout.js";
import { lift } from "./plane.js";
import { Preview } from "./preview.js";
import { loadScene, planeKey, sceneKey } from "./scene.js";
import { Stage } from "./stage.js";
import { Toolbar } from "./toolbar.js";
import { toData, withOrigin } from "./view.js";

const PICK_PX = 6;

export class LatentMap {
  data = null;
  scene = null;
  camera = new Camera();
  hand = new Hand();
  #wanted = null;
  #closed = false;

  /** @param {HTMLElement} root emptied, then filled @param {(name: string, value: any) => void} send */
  constructor(root, send) {
    this.root = root;
    this.out = new Outbox(send);
    this.card = new Card();
    this.choice = new Choice(this.out, () => this.#refresh(), (message) => this.card.setStatus(message));
    this.filter = new Filter(this.out, () => this.#filtered());
    this.stage = new Stage((layer) => this.#draw(layer), () => this.camera.resize(this.stage.size));
    this.painter = new Painter(this.stage);
    this.preview = new Preview((reply, wanted) => this.card.paint(reply, wanted), (text) => this.card.setStatus(text));
    this.legend = new Legend((hidden) => this.filter.hide(hidden));
    this.toolbar = new Toolbar((tool) => (this.stage.root.dataset.tool = tool), {
      clear: () => this.filter.clear(),
      fit: () => this.#fit(),
    });
    this.gestures = new Gestures(this.stage.layers.overlay, this.#actions(), () => this.toolbar.tool);
    this.stage.layers.overlay.addEventListener("keydown", (event) => this.#key(event));
    this.#assemble();
  }

  /** @param {object} data as Streamlit hands it over, again and again */
  update(data) {
    const text = JSON.stringify(data);
    if (text === this.#wanted) return;
    this.#wanted = text;
    if (sceneKey(data) === this.scene?.key) this.#apply(data, this.scene);
    else this.#load(data, text);
  }

  rest() {
    this.out.flush();
  }

  close() {
    this.#closed = true;
    for (const part of [this.stage, this.preview, this.choice, this.out]) part.close();
    this.root.replaceChildren();
  }

  #assemble() {
    this.notice = element("p", "map-notice", { "aria-live": "polite" });
    this.stage.root.append(this.painter.bar.root, this.notice);
    this.toolbar.setSelection(false);
    this.frame = layout(this.legend.root, this.toolbar.root, this.stage.root, this.card.root);
    this.root.replaceChildren(this.frame);
  }

  async #load(data, text) {
    this.#say("loading", this.scene ? "" : "Loading the points …");
    this.#shape(data);
    const current = () => !this.#closed && text === this.#wanted;
    try {
      const scene = await loadScene(data);
      if (current()) this.#apply(data, scene);
    } catch (error) {
      if (!current()) return;
      this.#wanted = null;
      this.#say("failed", error.message);
    }
  }

  #shape({ height, axes, card }) {
    this.card.root.hidden = !card;
    this.frame.classList.toggle("bare", !card);
    this.stage.layers.overlay.tabIndex = card ? 0 : -1;
    this.stage.shape(height, axes.length < 2);
  }

  #say(state, notice) {
    this.frame.dataset.state = state;
    setText(this.notice, notice);
  }

  #apply(data, scene) {
    const before = this.data;
    const otherModel = before !== null && (before.model !== data.model || before.n !== data.n);
    this.data = data;
    this.scene = scene;
    this.#say("ready", "");
    this.#shape(data);
    if (otherModel) this.hand.leave();
    this.#adoptView(data, before);
    this.choice.adopt(data, otherModel);
    this.stage.invalidate();
    this.filter.adopt(data, scene.cloud, otherModel);
    this.#refresh();
  }

  #adoptView(data, before) {
    const moved = before && planeKey(before) !== planeKey(data);
    this.camera.bounds = data.extent ?? withOrigin(this.scene.bounds);
    if (this.out.adopt("view", data.view)) this.camera.adopt(data.view, this.stage.size);
    else if (moved) this.#fit();
    else this.camera.resize(this.stage.size);
  }

  #actions() {
    return {
      hover: (at) => this.#hover(at),
      leave: () => this.#leave(),
      tap: (at) => this.#tap(at),
      doubleTap: () => this.#undoTap(),
      start: () => this.out.hold(),
      end: () => this.out.release(),
      pan: (dx, dy) => this.#look(() => this.camera.pan(dx, dy)),
      zoom: (at, factor) => this.#zoom(at, factor),
      area: (polygon) => this.#outline(polygon),
      areaEnd: (polygon) => this.#selectWithin(polygon),
    };
  }

  #key(event) {
    const [name, ...rest] = keyAction(event) ?? [];
    if (!name || !this.#ready) return;
    event.preventDefault();
    const { width, height } = this.stage.size;
    this.hand.leave();
    if (name === "move") this.choice.moveBy(rest.map((share) => (share * width) / this.camera.view.scale));
    if (name === "zoom") this.#zoom([width / 2, height / 2], rest[0]);
    if (name === "fit") this.#fit();
    if (name === "clear" && !this.gestures.giveUp()) this.#clear();
  }

  get #ready() {
    return this.scene !== null && this.camera.view !== null;
  }

  #look(change) {
    change();
    this.out.put("view", this.camera.state);
    this.stage.invalidate();
  }

  #fit() {
    this.#look(() => this.camera.fit(this.stage.size));
  }

  #zoom(at, factor) {
    this.#look(() => this.camera.zoom(this.stage.size, at, factor));
    if (this.hand.pointer) this.#hover(this.hand.pointer);
  }

  #place(at) {
    return toData(this.camera.view, this.stage.size, at);
  }

  #nearest(at) {
    return nearest(this.scene.cloud, this.filter.groups, this.#place(at), PICK_PX / this.camera.view.scale);
  }

  #hover(at) {
    if (!this.#ready) return;
    this.hand.move(at, this.#nearest(at));
    this.#refresh();
  }

  #leave() {
    if (!this.hand.pointer) return;
    this.hand.leave();
    this.#refresh();
  }

  #refresh() {
    this.stage.invalidate("overlay");
    if (!this.data?.card) return;
    const { pointer, resting } = this.hand;
    const told = caption(this, pointer && !resting && this.#ready ? this.#place(pointer) : null);
    this.card.describe(told);
    if (told.mode === "point") this.card.showPoint(this.choice.details, this.choice.original);
    this.preview.show({ model: this.data.model, z: told.z, y: told.y, place: told.mode === "point" ? "pair" : "single" });
  }

  #tap(at) {
    if (!this.#ready) return;
    this.choice.remember();
    this.hand.tap(at);
    const hit = this.#nearest(at);
    if (hit === null) this.choice.pinAt(lift(this.data.plane, this.#place(at), this.choice.pin));
    else this.choice.choose(this.scene.cloud.order[hit]);
  }

  /** A double click shows everything and leaves the pin where it was before its first click. */
  #undoTap() {
    this.choice.recall();
    if (this.#ready) this.#fit();
  }

  #filtered() {
    this.legend.update(this.data, this.filter.counts, this.filter.hidden);
    this.toolbar.setSelection(this.filter.count > 0);
    this.card.setSelection(this.filter.text);
    setText(this.notice, this.filter.empty ? "All classes are hidden; click one to show it." : "");
    this.stage.invalidate("points");
  }

  #outline(polygon) {
    this.hand.area = polygon;
    this.stage.invalidate("overlay");
  }

  #selectWithin(polygon) {
    this.#outline(null);
    if (polygon && this.#ready) this.filter.select(polygon.map((at) => this.#place(at)));
  }

  #clear() {
    if (this.filter.selected) this.filter.clear();
    this.choice.clear();
  }

  #draw(layer) {
    if (!this.#ready) return;
    const theme = readTheme(this.frame);
    this.painter[layer](this, theme);
    if (layer === "axes") this.card.redraw(theme);
  }
}

/** The latent map: puts stage, card, legend and tools together. */

import { readTheme } from "../pieces/theme.js";
import { Camera } from "../plot/camera.js";
import { caption } from "./caption.js";
import { Card } from "./card.js";
import { Choice } from "./choice.js";
import { element, setText } from "../pieces/element.js";
import { Filter } from "./filter.js";
import { Hand } from "./hand.js";
import { Layers } from "./layers.js";
import { Legend, only } from "../legend/legend.js";
import { Manifold } from "./manifold.js";
import { Outbox } from "../wire/outbox.js";
import { Painter } from "./painter.js";
import { layout } from "./layout.js";
import { LayersPanel } from "./panel.js";
import { Preview } from "./preview.js";
import { Reading } from "./readout.js";
import { loadScene, planeKey, sceneKey } from "./scene.js";
import { SearchBox } from "./searchbox.js";
import { Sprites } from "../pieces/sprites.js";
import { Stage } from "./stage.js";
import { Steering } from "./controls.js";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";
import { toData, withOrigin } from "../plot/view.js";
import { Whereabouts } from "./pin_place.js";

export class LatentMap {
  data = null;
  scene = null;
  camera = new Camera();
  hand = new Hand();
  reading = new Reading();
  #wanted = null;
  #closed = false;

  /** @param {HTMLElement} root emptied, then filled @param {(name: string, value: any) => void} send */
  constructor(root, send) {
    this.root = root;
    this.out = new Outbox(send);
    this.card = new Card();
    const status = (message) => this.card.setStatus(message);
    this.choice = new Choice(this.out, () => this.#chosen(), status);
    this.whereabouts = new Whereabouts(this.choice, () => this.refresh(), status);
    this.manifold = new Manifold(() => this.stage.invalidate("lattice"), status);
    this.filter = new Filter(this.out, () => this.#filtered());
    this.stage = new Stage((layer) => this.#draw(layer), () => this.camera.resize(this.stage.size));
    this.painter = new Painter(this.stage);
    this.preview = new Preview((reply, wanted) => this.#decoded(reply, wanted), status);
    this.legend = new Legend((hidden) => this.filter.hide(hidden));
    this.toolbar = new Toolbar((tool) => (this.stage.root.dataset.tool = tool), {
      clear: () => this.filter.clear(),
      fit: () => this.steering.fit(),
      layers: () => this.panel.toggle(),
    });
    this.layers = new Layers(this.out, (name) => this.#layered(name));
    this.panel = new LayersPanel(this.toolbar.button("layers"), (name, value) => this.layers.set(name, value));
    this.search = new SearchBox({ image: (index) => this.#find(index), category: (id) => this.#isolate(id) });
    this.sprites = new Sprites(() => this.#pictured());
    this.tooltip = new Tooltip();
    this.steering = new Steering(this);
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
    const { stage, preview, whereabouts, manifold, choice, sprites, out } = this;
    for (const part of [stage, preview, whereabouts, manifold, choice, sprites, out]) part.close();
    this.root.replaceChildren();
  }

  #assemble() {
    this.notice = element("p", "map-notice", { "aria-live": "polite" });
    this.stage.root.append(this.painter.bar.root, this.painter.standIn, this.notice, this.tooltip.root);
    this.toolbar.setSelection(false);
    this.frame = layout(this.legend.root, [this.search.root, this.toolbar.root, this.panel.root], this.stage.root, this.card.root);
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
    const moved = before !== null && planeKey(before) !== planeKey(data);
    this.data = data;
    this.scene = scene;
    this.#say("ready", "");
    this.#shape(data);
    if (otherModel) this.hand.leave();
    this.#adoptView(data, moved);
    this.sprites.adopt(data);
    this.search.update(data);
    this.layers.adopt(data);
    this.panel.update(data, this.layers.values);
    this.choice.adopt(data, otherModel);
    this.stage.invalidate();
    this.filter.adopt(data, scene.cloud, otherModel || moved);
    this.refresh();
  }

  #adoptView(data, moved) {
    const { bounds } = this.scene;
    this.camera.bounds = data.extent ?? (data.plane.kind === "map" ? bounds : withOrigin(bounds));
    if (this.out.adopt("view", data.view)) this.camera.adopt(data.view, this.stage.size);
    else if (moved) this.steering.fit();
    else this.camera.resize(this.stage.size);
  }

  /** Whether there are points and a view of them. */
  get ready() {
    return this.scene !== null && this.camera.view !== null;
  }

  /** @param {[number, number]} at CSS px from the plot's top left @returns {[number, number]} data units */
  place(at) {
    return toData(this.camera.view, this.stage.size, at);
  }

  /** Say and decode what the card is about now. */
  refresh() {
    this.stage.invalidate("overlay");
    if (!this.data?.card) return;
    this.whereabouts.follow(this);
    this.tooltip.update(this);
    const { pointer, resting } = this.hand;
    const told = caption(this, pointer && !resting && this.ready ? this.place(pointer) : null);
    this.card.describe(told);
    this.reading.expect(told);
    if (told.mode === "point") this.card.showPoint(this.choice.details, this.choice.original);
    this.preview.show(told);
  }

  #decoded(reply, wanted) {
    this.card.paint(reply, wanted);
    this.reading.take(reply.header, wanted);
    this.stage.invalidate("overlay");
  }

  #filtered() {
    this.legend.update(this.data.legend, this.data.colour.kind, this.filter.counts, this.filter.hidden);
    this.toolbar.setSelection(this.filter.count > 0);
    this.card.setSelection(this.filter.text);
    setText(this.notice, this.filter.empty ? "Everything is hidden; click an entry of the legend to show it." : "");
    this.stage.invalidate("points", "pictures");
  }

  #chosen() {
    this.stage.invalidate("lattice");
    this.refresh();
  }

  #layered(name) {
    this.panel.update(this.data, this.layers.values);
    this.stage.invalidate();
    if (name === "refine") this.choice.resettle();
  }

  #pictured() {
    this.stage.invalidate("pictures");
    this.tooltip.update(this);
  }

  #find(index) {
    const { xs, ys, rank } = this.scene.cloud;
    this.choice.choose(index);
    this.steering.show([xs[rank[index]], ys[rank[index]]]);
  }

  #isolate(id) {
    this.filter.hide(only(id, this.data.legend.names.length));
  }

  #draw(layer) {
    if (!this.ready) return;
    const theme = readTheme(this.frame);
    this.painter[layer](this, theme);
    if (layer === "axes") this.card.redraw(theme);
  }
}

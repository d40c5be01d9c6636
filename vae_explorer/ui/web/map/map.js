/** The latent map: puts stage, card, legend and tools together. */

import { readTheme } from "../theme.js";
import { Camera } from "./camera.js";
import { caption } from "./caption.js";
import { Card } from "./card.js";
import { Choice } from "./choice.js";
import { element, setText } from "../element.js";
import { Filter } from "./filter.js";
import { Hand } from "./hand.js";
import { Legend } from "../legend/legend.js";
import { Outbox } from "../outbox.js";
import { Painter } from "./painter.js";
import { layout } from "./layout.js";
import { Preview } from "./preview.js";
import { loadScene, planeKey, sceneKey } from "./scene.js";
import { Stage } from "./stage.js";
import { Steering } from "./steering.js";
import { Toolbar } from "./toolbar.js";
import { toData, withOrigin } from "./view.js";

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
    this.choice = new Choice(this.out, () => this.refresh(), (message) => this.card.setStatus(message));
    this.filter = new Filter(this.out, () => this.#filtered());
    this.stage = new Stage((layer) => this.#draw(layer), () => this.camera.resize(this.stage.size));
    this.painter = new Painter(this.stage);
    this.preview = new Preview((reply, wanted) => this.card.paint(reply, wanted), (text) => this.card.setStatus(text));
    this.legend = new Legend((hidden) => this.filter.hide(hidden));
    this.toolbar = new Toolbar((tool) => (this.stage.root.dataset.tool = tool), {
      clear: () => this.filter.clear(),
      fit: () => this.steering.fit(),
    });
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
    const moved = before !== null && planeKey(before) !== planeKey(data);
    this.data = data;
    this.scene = scene;
    this.#say("ready", "");
    this.#shape(data);
    if (otherModel) this.hand.leave();
    this.#adoptView(data, moved);
    this.choice.adopt(data, otherModel);
    this.stage.invalidate();
    this.filter.adopt(data, scene.cloud, otherModel || moved);
    this.refresh();
  }

  #adoptView(data, moved) {
    this.camera.bounds = data.extent ?? withOrigin(this.scene.bounds);
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
    const { pointer, resting } = this.hand;
    const told = caption(this, pointer && !resting && this.ready ? this.place(pointer) : null);
    this.card.describe(told);
    if (told.mode === "point") this.card.showPoint(this.choice.details, this.choice.original);
    this.preview.show({ model: this.data.model, z: told.z, y: told.y, place: told.mode === "point" ? "pair" : "single" });
  }

  #filtered() {
    this.legend.update(this.data.legend, this.data.colour.kind, this.filter.counts, this.filter.hidden);
    this.toolbar.setSelection(this.filter.count > 0);
    this.card.setSelection(this.filter.text);
    setText(this.notice, this.filter.empty ? "Everything is hidden; click an entry of the legend to show it." : "");
    this.stage.invalidate("points");
  }

  #draw(layer) {
    if (!this.ready) return;
    const theme = readTheme(this.frame);
    this.painter[layer](this, theme);
    if (layer === "axes") this.card.redraw(theme);
  }
}

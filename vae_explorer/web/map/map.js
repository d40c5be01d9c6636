/** The latent map: puts stage, card, legend and tools together. */

import { FingerView } from "../pieces/finger_view.js";
import { networkOf } from "../pieces/shared_beta.js";
import { sentenceOf } from "../wire/answers.js";
import { readTheme } from "../pieces/theme.js";
import { Camera } from "../plot/camera.js";
import { caption, pointed } from "./caption.js";
import { Card } from "./card.js";
import { Choice } from "./choice.js";
import { Controls } from "./controls.js";
import { element, setText } from "../pieces/element.js";
import { Filter } from "./filter.js";
import { Hand } from "./hand.js";
import { Layers } from "./layers.js";
import { Legend } from "../legend/legend.js";
import { Manifold } from "./manifold.js";
import { Outbox } from "../wire/outbox.js";
import { Painter } from "./painter.js";
import { BELOW, layout } from "./layout.js";
import { LayersPanel } from "./panel.js";
import { PinPlace } from "./pin_place.js";
import { Preview } from "./preview.js";
import { Readout } from "./readout.js";
import { Room } from "../pieces/room.js";
import { loadScene, planeKey, sceneKey } from "./scene.js";
import { SearchBox } from "./searchbox.js";
import { Sought } from "./image_place.js";
import { Sprites } from "../pieces/sprites.js";
import { saveMenu } from "./save_menu.js";
import { Stage } from "./stage.js";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";
import { TurnedPoints } from "../plot/turned_points.js";
import { withOrigin } from "../plot/view.js";

/**
 * @import { LayerValues, MapData } from "./data.js"
 * @import { Layer } from "./stage.js"
 */

export class LatentMap {
  /** @type {MapData|null} */
  data = null;
  /** @type {import("./scene.js").Scene|null} */
  scene = null;
  camera = new Camera();
  hand = new Hand();
  readout = new Readout();
  /** The data that was handed over last, as text. @type {string|null} */
  #wanted = null;
  #closed = false;

  /** @param {HTMLElement} root emptied, then filled @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.out = new Outbox(send);
    this.card = new Card();
    const status = (/** @type {string} */ message) => this.card.setStatus(message);
    this.choice = new Choice(this.out, () => this.refresh("lattice"), status);
    this.pinPlace = new PinPlace(this.choice, () => this.refresh(), status);
    this.manifold = new Manifold(() => this.stage.invalidate("lattice"), status);
    this.filter = new Filter(this.out, () => this.#filtered());
    this.stage = new Stage((layer) => this.#draw(layer), () => this.camera.resize(this.stage.size));
    this.sprites = new Sprites(() => this.#pictured());
    this.painter = new Painter(this.stage, this.sprites, this.manifold);
    /** @type {Preview<import("./caption.js").Caption>} */
    this.preview = new Preview((reply, wanted) => this.#decoded(reply, wanted), status);
    this.legend = new Legend((hidden) => this.filter.hide(hidden));
    const tools = { clear: () => this.filter.clear(), fit: () => this.controls.fit(), layers: () => this.panel.toggle() };
    this.toolbar = new Toolbar((tool) => (this.stage.root.dataset.tool = tool), tools);
    this.save = saveMenu(() => ({ seen: this.#seen, theme: readTheme(this.frame) }), this.painter, status);
    this.layers = new Layers(this.out, (name) => this.#layered(name));
    this.panel = new LayersPanel(this.toolbar.button("layers"), (name, value) => this.layers.set(name, value));
    this.search = new SearchBox({ image: (index) => this.#find(index), category: (id) => this.filter.isolate(id) });
    this.tooltip = new Tooltip(this.stage, this.sprites);
    this.controls = this.#controls();
    this.sought = new Sought(this.choice, (place) => this.controls.show(place));
    this.turned = new TurnedPoints(() => this.data, (model) => this.#turn(model));
    this.notice = element("p", "map-notice", { "aria-live": "polite" });
    this.stage.root.append(...this.painter.titles.nodes, this.painter.bar.root, this.painter.standIn, this.notice, this.tooltip.root);
    this.room = new Room(root, BELOW, () => this.stage.invalidate());
    this.frame = layout(this.legend.root, [this.search.root, this.toolbar.root, this.save.root, this.panel.root], this.stage.root, this.card.root);
    root.replaceChildren(this.frame);
    this.finger = new FingerView(root, () => [this.card.shown], () => this.toolbar.tool === "probe");
  }

  /** @param {MapData} data as Streamlit hands it over, again and again */
  update(data) {
    const text = JSON.stringify(data);
    if (text === this.#wanted) return;
    this.#wanted = text;
    if (this.scene && sceneKey(data) === this.scene.key) this.#apply(data, this.scene);
    else this.#load(data, text);
  }

  rest() {
    this.out.flush();
  }

  close() {
    this.#closed = true;
    const { stage, preview, pinPlace, manifold, choice, sprites, out, save } = this;
    for (const part of [this.room, this.finger, this.turned, stage, preview, pinPlace, manifold, choice, sprites, save, out]) part.close();
    this.root.replaceChildren();
  }

  #controls() {
    const { out, stage, camera, hand, choice, filter, readout } = this;
    return new Controls({
      out, stage, camera, hand, choice, filter, readout,
      tool: () => this.toolbar.tool,
      cloud: () => this.scene?.cloud ?? null,
      pinPlace: () => this.#pinPlace,
      pictureAt: (at) => this.painter.pictureAt(at),
      changed: () => this.refresh(),
    });
  }

  /** @param {MapData} data @param {string} text of the data */
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
      this.#say("failed", sentenceOf(error));
    }
  }

  /** @param {MapData} data */
  #shape({ height, axes }) {
    this.frame.style.setProperty("--stage", height);
    this.stage.shape(axes.length < 2);
  }

  /** @param {"loading"|"ready"|"failed"} state @param {string} notice */
  #say(state, notice) {
    this.frame.dataset.state = state;
    setText(this.notice, notice);
  }

  /** @param {MapData} data @param {import("./scene.js").Scene} scene */
  #apply(data, scene) {
    const before = this.data;
    const otherModel = before !== null && (networkOf(before.model) !== networkOf(data.model) || before.n !== data.n);
    const moved = before !== null && planeKey(before) !== planeKey(data);
    this.data = data;
    this.scene = scene;
    this.#say("ready", "");
    this.#shape(data);
    if (otherModel) this.hand.leave();
    this.#adoptView(data, scene, moved);
    this.sprites.adopt(data);
    this.search.update(data);
    this.layers.adopt(data);
    this.panel.update(data, this.layers.values);
    this.choice.adopt(data, otherModel);
    this.card.call(data.unit_names);
    this.stage.invalidate();
    this.filter.adopt(data, scene.cloud, otherModel || moved);
    this.sought.look(data, scene.cloud);
    this.refresh();
  }

  /** @param {MapData} data @param {import("./scene.js").Scene} scene @param {boolean} moved another plane is shown */
  #adoptView(data, { bounds }, moved) {
    this.camera.bounds = data.plane.kind === "map" ? bounds : withOrigin(bounds);
    if (this.out.adopt("view", data.view)) this.camera.adopt(data.view, this.stage.size);
    else if (moved) this.controls.fit();
    else this.camera.resize(this.stage.size);
  }

  /** @param {string} model the same network at another β */
  #turn(model) {
    if (!this.data || !this.scene) return;
    this.data = { ...this.data, model };
    this.turned.move(this.data, this.scene.cloud, () => this.stage.invalidate("points", "pictures", "overlay"));
    this.refresh("lattice");
  }

  get #pinPlace() {
    return this.data && this.scene && this.pinPlace.on(this.data, this.scene.cloud);
  }

  /** Say and decode what the card is about now. @param {...Layer} stale what else is to be drawn */
  refresh(...stale) {
    this.stage.invalidate("overlay", ...stale);
    const { data, scene, choice, hand } = this;
    if (!data || !scene) return;
    this.tooltip.update(data, scene.cloud, hand);
    const { refine } = this.layers.values;
    this.pinPlace.follow(data, refine);
    const told = caption(data, choice, refine, pointed(hand, scene.cloud, this.camera.view, this.stage.size));
    this.card.describe(told);
    this.readout.expect(told);
    if (told.mode === "point" && choice.details) this.card.showPoint(choice.details, choice.original);
    this.preview.show(told);
  }

  /** @param {import("../wire/messages.js").Reply} reply @param {import("./caption.js").Caption} wanted */
  #decoded(reply, wanted) {
    this.card.paint(reply, wanted);
    this.readout.take(reply.header, wanted);
    this.stage.invalidate("overlay");
  }

  #filtered() {
    if (this.data) this.legend.update(this.data.legend, this.data.colour.kind, this.data.legend.counts, this.filter.hidden);
    this.toolbar.setSelection(this.filter.count > 0);
    this.card.setSelection(this.filter.text);
    setText(this.notice, this.filter.empty ? "Everything is hidden; click an entry of the legend to show it." : "");
    this.stage.invalidate("points", "pictures");
  }

  /** @param {keyof LayerValues} name */
  #layered(name) {
    if (this.data) this.panel.update(this.data, this.layers.values);
    this.stage.invalidate();
    if (name === "refine") this.choice.resettle();
  }

  #pictured() {
    this.stage.invalidate("pictures");
    if (this.data && this.scene) this.tooltip.update(this.data, this.scene.cloud, this.hand);
  }

  /** @param {number} index of an image */
  #find(index) {
    if (!this.data || !this.scene) return;
    this.sought.seek(index);
    this.sought.look(this.data, this.scene.cloud);
  }

  /** What there is to see, once there are points and a view of them. @returns {import("./painter.js").Seen|null} */
  get #seen() {
    const { data, scene, camera, filter, layers, choice, hand, readout } = this;
    if (!data || !scene || !camera.view) return null;
    return { data, scene, view: camera.view, bounds: camera.bounds, filter, values: layers.values, choice, hand, pin: this.#pinPlace, located: readout.now };
  }

  /** @param {Layer} layer */
  #draw(layer) {
    const seen = this.#seen;
    if (!seen) return;
    const theme = readTheme(this.frame);
    this.painter[layer](seen, theme);
    if (layer === "axes") this.card.redraw(theme);
  }
}

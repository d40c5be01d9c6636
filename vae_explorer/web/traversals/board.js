/** The traversal board: one pin, seen as a picture, as a grid of two units and as a strip of every unit. */

import { element } from "../pieces/element.js";
import { FingerView } from "../pieces/finger_view.js";
import { Outbox } from "../wire/outbox.js";
import { hearBeta, networkOf } from "../pieces/shared_beta.js";
import { Status } from "../pieces/status.js";
import { setExplained } from "../pieces/terms.js";
import { withUnits } from "../pieces/walks.js";
import { PictureStreams } from "./streams.js";
import { Grid } from "./grid.js";
import { Pinned } from "./pinned.js";
import { Room } from "../pieces/room.js";
import { Rows } from "./rows.js";
import { gridName, savedGrid, savedStrips, stripsName } from "./saved_board.js";
import { SaveMenu } from "../pieces/save_menu.js";
import { readTheme } from "../pieces/theme.js";

const GRID_SHARE = 0.5;
const SIDE_BY_SIDE = 860;
const BETWEEN = 28;
const LEAST_HEIGHT = 300;
/** CSS pixels beneath the board: what went wrong, the model's measured figures, and the page's end. */
const BELOW = 88;
/** CSS pixels between the pin's picture and the list: what ranks it, and the gaps. */
const RANKING = 68;
/** Part of the height that the pin's picture takes, where the rows leave it. */
const PIN_SHARE = 0.3;

/** @typedef {import("./data.js").BoardData} Data */

/** Everything that changes what is decoded or said, but the pin. @param {Data} data */
const keyOf = ({ model, version, image, y, units, unit_names, grid }) => JSON.stringify([model, version, image, y, units, unit_names, grid]);

/** What the rows are sorted by: a plain autoencoder has no KL. @param {Data["units"]} units */
const ranking = (units) => `Latent units, ${units.some(({ kl }) => kl === null) ? "largest Var(mu)" : "largest KL"} first`;

export class Board {
  /** @type {Data|null} */
  #data = null;
  #key = "";
  /** @type {number[]} */
  #pin = [];
  #held = false;
  #status = new Status(() => this.#decoding.again());
  #grid = new Grid((changes) => this.#move(changes));
  #pinned = new Pinned(() => this.#reset());
  #rows = new Rows({
    move: (unit, value) => this.#move([[unit, value]]),
    hold: (held) => this.#hold(held),
    seen: () => this.#decoding.seen(),
  });
  #ranking = element("p", "ranking");
  #menus = [this.#menu(savedGrid, gridName, "Save the grid"), this.#menu(savedStrips, stripsName, "Save the strips")];
  #decoding = new PictureStreams({ pinned: this.#pinned, grid: this.#grid, rows: this.#rows }, this.#status);

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.send = send;
    this.outbox = new Outbox(send);
    const [grid, strips] = this.#menus.map((menu) => menu.root);
    this.#grid.foot.append(grid);
    const side = element("div", "side", {}, [this.#pinned.node, element("div", "head", {}, [this.#ranking, strips]), this.#rows.node]);
    this.board = element("div", "board", {}, [this.#grid.node, side]);
    root.append(this.board, this.#status.node);
    this.finger = new FingerView(root, () => [this.#pinned.canvas]);
    this.room = new Room(root, BELOW, () => this.#lay());
    this.unhear = hearBeta(() => this.#data?.model, (turn) => this.#turn(turn));
  }

  /** @param {Data} data */
  update(data) {
    const another = !this.#data || networkOf(this.#data.model) !== networkOf(data.model) || networkOf(this.#data.version) !== networkOf(data.version);
    const key = keyOf(data);
    const changed = key !== this.#key;
    this.#data = data;
    this.#key = key;
    if (another) this.#begin();
    setExplained(this.#ranking, ranking(data.units));
    this.outbox.adopt("point", data.point);
    const moved = this.#adopt(data.pin);
    if (changed) this.#rebuild(data);
    else if (moved) this.#show();
    if (changed || moved) this.#decode(data);
  }

  /** The hand has left: what waits to be told is told. */
  rest() {
    this.outbox.flush();
  }

  close() {
    this.unhear();
    this.outbox.close();
    this.#decoding.close();
    this.#rows.close();
    this.room.close();
    this.finger.close();
    this.#status.close();
    for (const menu of this.#menus) menu.close();
  }

  /**
   * @param {(kind: import("../pieces/save_menu.js").Kind, shown: import("./saved_board.js").Shown) => Promise<Blob>} saved
   * @param {(shown: import("./saved_board.js").Shown) => string} name of the file @param {string} label
   */
  #menu(saved, name, label) {
    return new SaveMenu((kind) => saved(kind, this.#shown), () => name(this.#shown), (sentence) => this.#status.failed("file", new Error(sentence)), label);
  }

  /** @returns {import("./saved_board.js").Shown} */
  get #shown() {
    if (!this.#data) throw new Error("There is no model yet; save its pictures when they are there.");
    return { data: this.#data, pin: this.#pin, theme: readTheme(this.root) };
  }

  /** β is turned: the same codes, decoded there. @param {import("../pieces/shared_beta.js").Turn} turn */
  #turn({ model }) {
    if (!this.#data) return;
    this.#data = { ...this.#data, model };
    this.#key = keyOf(this.#data);
    this.#rows.forget();
    this.#decode(this.#data);
  }

  /** Another model: nothing seen or said so far holds for it. */
  #begin() {
    this.outbox.close();
    this.outbox = new Outbox(this.send);
    this.#held = false;
    for (const view of [this.#grid, this.#pinned, this.#rows]) view.clear();
  }

  /** Takes the page's pin over, unless it is an echo or the hand is moving its own. @param {number[]} pin @returns {boolean} taken */
  #adopt(pin) {
    if (!this.outbox.adopt("pin", pin)) return false;
    if (this.#held) this.outbox.put("pin", this.#pin);
    else this.#pin = [...pin];
    return !this.#held;
  }

  /** @param {Data} data */
  #rebuild({ units, unit_names: names }) {
    this.#rows.list(units, names);
    this.#rows.forget();
    this.#lay();
  }

  /** @param {boolean} held */
  #hold(held) {
    this.#held = held;
    if (held) this.outbox.hold();
    else this.outbox.release();
  }

  #reset() {
    if (this.#data) this.#move([...this.#data.home.entries()]);
  }

  /** @param {import("./codes.js").Changes} changes */
  #move(changes) {
    if (!this.#data) return;
    this.#pin = withUnits(this.#pin, changes);
    this.#show(changes.map(([unit]) => unit));
    this.#decode(this.#data);
    this.outbox.put("pin", this.#pin);
    this.outbox.put("point", null);
  }

  /** @param {Data} data */
  #decode(data) {
    this.#decoding.show({ pin: this.#pin, data, key: this.#key });
  }

  /** @param {number[]} [units] those that changed; all else */
  #show(units) {
    this.#rows.show(this.#pin, units);
    this.#pinned.show(this.#pin);
    this.#grid.mark(this.#pin);
  }

  /** Gives every picture its room. */
  #lay() {
    const { width } = this.room.size;
    if (!this.#data || !width) return;
    const { grid, image } = this.#data;
    const beside = width >= SIDE_BY_SIDE;
    const height = Math.max(LEAST_HEIGHT, beside ? this.room.size.height : this.room.sight - BELOW);
    this.#grid.lay(grid, image, { width: beside ? GRID_SHARE * width : width, height });
    const side = { width: beside ? width - this.#grid.size.width - BETWEEN : width, height };
    const left = Math.min(PIN_SHARE * height, height - RANKING - this.#rows.least);
    const pin = this.#pinned.lay(image, { ...side, height: left });
    this.#rows.lay(image, { ...side, height: height - pin - RANKING });
    this.board.classList.toggle("stacked", !beside);
    this.board.style.setProperty("--grid-width", `${this.#grid.size.width}px`);
    this.board.style.setProperty("--side-height", `${height}px`);
    this.#show();
  }
}

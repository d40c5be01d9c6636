/** Models side by side under one hand: the same image, the same matched unit, the same place in all of them. */

import { element } from "../pieces/element.js";
import { FingerView } from "../pieces/finger_view.js";
import { loadOriginal, loadPoint } from "../pieces/points.js";
import { SaveMenu } from "../pieces/save_menu.js";
import { Status } from "../pieces/status.js";
import { readTheme } from "../pieces/theme.js";
import { ColourBar } from "../plot/colourbar.js";
import { Outbox } from "../wire/outbox.js";
import { scaleOf } from "./bars.js";
import { Column, rowOf } from "./column.js";
import { Controls, NO_ORIGINAL } from "./controls.js";
import { cloudOf, labelsOf } from "./points.js";
import { savedComparison } from "./saved_comparison.js";
import { handWords } from "./words.js";

/**
 * @import { Pictures } from "../wire/messages.js"
 * @import { Send } from "../wire/mount.js"
 * @import { Hand } from "./codes.js"
 * @import { ComparisonData, Difference } from "./data.js"
 */

export class Comparison {
  /** @type {ComparisonData|null} */
  #data = null;
  /** @type {Column[]} */
  #columns = [];
  #image = 0;
  /** Of the first model. */
  #unit = 0;
  #t = 0;
  /** @type {Difference} */
  #difference = "image";
  /** @type {Pictures|{error: string}|null} */
  #original = null;
  /** @type {Uint8Array|Float32Array} */
  /** The class of every image. @type {ArrayLike<number>} */
  #labels = [];
  #drawn = "";
  #status = new Status(() => this.#columns.forEach(({ stream }) => stream.again()));
  #grid = element("div", "columns");
  #bar = new ColourBar();
  #controls = new Controls(
    {
      image: (index) => this.#choose(index),
      row: (row) => this.#take(row),
      move: (t) => this.#move(t),
      differ: (difference) => this.#differ(difference),
      clear: () => this.#select(null, null),
    },
    this.#status,
  );
  #menu = new SaveMenu(
    (kind) => {
      if (!this.#data) throw new Error("There is no comparison yet; save it when it is there.");
      return savedComparison(kind, this.#data, readTheme(this.root));
    },
    () => this.#data?.name ?? "comparison",
    (sentence) => this.#status.failed("file", new Error(sentence)),
    "Save the comparison",
  );

  /** @param {HTMLElement} root @param {Send} send */
  constructor(root, send) {
    this.root = root;
    this.out = new Outbox(send);
    this.#status.node.classList.add("comparison-status");
    this.#controls.root.append(this.#menu.root);
    root.replaceChildren(element("div", "comparison", {}, [this.#controls.root, this.#controls.below, this.#bar.root, this.#grid, this.#status.node]));
    root.addEventListener("keydown", (event) => this.#key(event));
    this.finger = new FingerView(root, () => this.#columns.map(({ canvas }) => canvas));
    this.resized = new ResizeObserver(() => this.#columns.forEach((column) => column.lay()));
    this.resized.observe(this.#grid);
  }

  /** @param {ComparisonData} data */
  update(data) {
    this.#data = data;
    const [image, unit, kind] = [this.out.adopt("point", data.point), this.out.adopt("unit", data.unit), this.out.adopt("difference", data.difference)];
    if (image) this.#image = data.point;
    if (unit) this.#unit = data.unit;
    if (kind) this.#difference = data.difference;
    const { point: _, unit: __, difference: ___, ...rest } = data;
    const drawn = JSON.stringify(rest);
    if (drawn !== this.#drawn) this.#draw(data, drawn);
    else if (image || unit || kind) this.#rest();
  }

  /** Told before the hand goes on to something else. */
  rest() {
    this.out.flush();
  }

  close() {
    this.resized.disconnect();
    this.finger.close();
    this.out.close();
    this.#status.close();
    this.#menu.close();
    for (const column of this.#columns) column.close();
  }

  /** @param {ComparisonData} data @param {string} drawn */
  async #draw(data, drawn) {
    this.#drawn = drawn;
    for (const { map } of data.models) loadPoint(map.model, map.version, this.#image).catch(() => {}); // beside the columns
    try {
      const [labels, ...clouds] = await Promise.all([labelsOf(data), ...data.models.map(({ map }) => cloudOf(map, data))]);
      if (drawn !== this.#drawn) return;
      this.#status.succeeded("points");
      this.#labels = labels;
      this.#controls.show(data);
      this.#fill(data.models.length);
      const scale = scaleOf(data.models);
      this.#columns.forEach((column, i) => column.show({ data, column: i, cloud: clouds[i], labels, scale }));
      this.#showBar(data);
      this.#rest();
      this.root.dataset.state = "ready";
    } catch (error) {
      if (drawn === this.#drawn) this.#drawn = "";
      this.#status.failed("points", error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** One scale for all maps: they are coloured by what is known of the same images. @param {ComparisonData} data */
  #showBar({ colour }) {
    const scale = this.#columns[0].field.scale;
    if (colour.kind === "value" && scale) this.#bar.show(colour.label, scale.range, scale.ramp);
    else this.#bar.hide();
  }

  /** As many columns as there are models. @param {number} n */
  #fill(n) {
    while (this.#columns.length > n) this.#columns.pop()?.close();
    while (this.#columns.length < n) this.#columns.push(this.#column(this.#columns.length));
    this.#grid.style.setProperty("--columns", String(n));
    this.#grid.replaceChildren(...this.#columns.map(({ root }) => root));
  }

  /** @param {number} at */
  #column(at) {
    const acts = {
      hover: (/** @type {number|null} */ index, /** @type {[number, number]} */ place) =>
        this.#follow(index === null ? { kind: "place", column: at, place } : { kind: "image", index }),
      leave: () => this.#follow(this.#unitHand()),
      choose: (/** @type {number} */ index) => this.#choose(index),
      select: (/** @type {Uint8Array} */ flags, /** @type {number} */ count) => this.#select(count ? flags : null, count || null),
      move: (/** @type {number} */ t) => this.#move(t),
      row: (/** @type {number} */ row) => this.#take(row),
      rested: () => this.#differ(this.#difference),
    };
    return new Column(acts, this.#status);
  }

  /** What all columns show when the hand rests. */
  #rest() {
    if (!this.#data || !this.#columns.length) return;
    this.#controls.set(this.#row, this.#t, this.#difference);
    for (const column of this.#columns) column.rest(this.#image, this.#row);
    this.#follow(this.#unitHand());
    this.#loadOriginal(this.#data);
  }

  /** The chosen unit's place among the first model's. */
  get #row() {
    return this.#data ? rowOf({ unit: this.#unit, units: this.#data.units }) : 0;
  }

  /** @returns {Hand} */
  #unitHand() {
    return { kind: "unit", row: this.#row, t: this.#t };
  }

  /** @param {Hand} hand */
  #follow(hand) {
    if (!this.#data) return;
    this.#controls.say(handWords(hand, this.#data, this.#labels));
    for (const column of this.#columns) column.follow(hand, this.#t);
  }

  /** @param {number} t */
  #move(t) {
    this.#t = t;
    this.#controls.set(this.#row, t, this.#difference);
    this.#follow(this.#unitHand());
  }

  /** @param {number} row */
  #take(row) {
    if (!this.#data) return;
    this.#unit = this.#data.units[row].unit;
    this.out.put("unit", this.#unit);
    this.#rest();
  }

  /** @param {number} index */
  #choose(index) {
    this.#image = index;
    this.out.put("point", index);
    this.#rest();
  }

  /** @param {Difference} wanted */
  #differ(wanted) {
    if (wanted !== this.#difference) this.out.put("difference", wanted);
    this.#difference = wanted;
    this.#controls.set(this.#row, this.#t, wanted);
    const [first, original] = [this.#columns[0]?.reconstruction, this.#original];
    const image = original && !("error" in original) ? original : null;
    const why = original && "error" in original ? NO_ORIGINAL : "";
    for (const column of this.#columns) {
      const own = column.reconstruction;
      if (wanted === "image") column.differ(image, own, why);
      else column.differ(own, first ?? null, "");
    }
  }

  /** @param {Uint8Array|null} flags of images, by index @param {number|null} count */
  #select(flags, count) {
    this.#controls.select(count);
    for (const { field } of this.#columns) field.select(flags);
  }

  /** @param {KeyboardEvent} event */
  #key({ key }) {
    if (key !== "Escape") return;
    for (const { field } of this.#columns) field.pointer.giveUp();
    this.#select(null, null);
  }

  /** @param {ComparisonData} data */
  async #loadOriginal({ originals: { source }, classes }) {
    const index = this.#image;
    const found = source.note ? { error: source.note } : await loadOriginal(source.dataset, source.split, index);
    if (index !== this.#image) return;
    this.#original = found;
    this.#controls.original(found, `Image ${index} · ${classes[this.#labels[index]] ?? ""}`);
    this.#differ(this.#difference);
  }
}

/** The layers panel: a small popover under its button. */

import { element, setText } from "../pieces/element.js";
import { explained } from "../pieces/terms.js";

/** @import { LayerValues, MapData } from "./data.js" */
/**
 * @typedef {"names"|"contours"|"thumbnails"|"refine"} SwitchName
 * @typedef {<N extends keyof LayerValues>(name: N, value: LayerValues[N]) => void} Setter
 */

/** @type {{name: SwitchName, label: string, title: string}[]} */
const SWITCHES = [
  { name: "names", label: "Class names", title: "What each class or cluster is called, in the middle of its visible points" },
  { name: "contours", label: "Density contours", title: "Lines around the densest 25, 50, 75 and 95 % of the visible points" },
  { name: "thumbnails", label: "Thumbnails", title: "Pictures on the points, when zoomed in far enough" },
  { name: "refine", label: "Refine by re-encoding", title: "Encode the decoded picture once more, and decode that code" },
];
const RANGE = { type: "range", min: "0", max: "100", step: "5" };

export class LayersPanel {
  #set;
  #button;
  /** @type {Map<SwitchName, {row: HTMLLabelElement, input: HTMLInputElement}>} */
  #switches = new Map();

  /** @param {HTMLElement} button that opens and closes it @param {Setter} set */
  constructor(button, set) {
    this.#set = set;
    this.#button = button;
    this.slider = element("input", "slider map-layers-slider", { ...RANGE, "aria-label": "Opacity of the decoded lattice, per cent" });
    this.opacity = element("span", "map-layers-number");
    const head = element("span", "map-layers-head", {}, [explained("span", "", "Decoded lattice"), this.opacity]);
    const lattice = element("label", "map-layers-row", { title: "What the model decodes, all over the plot" }, [head, this.slider]);
    this.root = element("div", "map-layers", { role: "group", "aria-label": "Layers" }, [lattice, ...SWITCHES.map((row) => this.#switch(row))]);
    this.#listen();
    this.close();
  }

  /** @param {Pick<MapData, "plane"|"axes">} data says which switches there are @param {LayerValues} values */
  update({ plane, axes }, values) {
    const percent = Math.round(100 * values.lattice);
    this.slider.value = String(percent);
    setText(this.opacity, percent ? `${percent} %` : "off");
    for (const [name, { row, input }] of this.#switches) {
      row.hidden = (name === "refine" && plane.kind !== "map") || (name === "names" && axes.length < 2);
      input.checked = values[name] === "on";
    }
  }

  toggle() {
    if (!this.root.hidden) return this.close();
    this.root.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.slider.focus();
  }

  close() {
    this.root.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #listen() {
    for (const node of [this.root, this.#button]) node.addEventListener("keydown", (event) => this.#key(event));
    this.slider.addEventListener("input", () => this.#set("lattice", Number(this.slider.value) / 100));
    this.root.addEventListener("focusout", ({ relatedTarget: to }) => to instanceof Node && !this.#holds(to) && this.close());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || this.root.hidden) return;
    event.stopPropagation();
    this.close();
    this.#button.focus();
  }

  /** @param {Node} node */
  #holds(node) {
    return this.root.contains(node) || this.#button.contains(node);
  }

  /** @param {typeof SWITCHES[number]} row */
  #switch({ name, label, title }) {
    const input = element("input", "map-layers-box", { type: "checkbox", "data-layer": name });
    const row = element("label", "map-layers-row map-layers-switch", { title }, [input, explained("span", "", label)]);
    input.addEventListener("change", () => this.#set(name, input.checked ? "on" : "off"));
    this.#switches.set(name, { row, input });
    return row;
  }
}

/** The grid picture: the plane of two units, decoded cell by cell, with its axes, the pin's marker and a readout. */

import { element } from "../pieces/element.js";
import { fitScale, pixelSize } from "../pieces/cells.js";
import { placeBox, Sheet } from "../pieces/sheet.js";
import { setExplained } from "../pieces/terms.js";
import { cellUnits, clamp, nearest, place } from "./codes.js";
import { decimal } from "../pieces/ticks.js";
import { axisTicks } from "./numbers.js";

/**
 * @typedef {import("./data.js").LabelledPlane} LabelledPlane
 * @typedef {"x"|"y"} AxisName
 */

/** Room for ticks, labels and readout, CSS pixels; the style sheet holds the same numbers. */
const MARGIN = { left: 62, bottom: 74 };
const LEAST = 240;
const TICK_ROOM = { x: 64, y: 64 };
const HINT = "Click a picture to pin its values";
/** Columns and rows. @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Grid {
  /** CSS pixels it takes, its axes included. */
  size = { width: 0, height: 0 };
  /** @type {LabelledPlane|null} */
  #plane = null;
  /** @type {number[]|null} */
  #pin = null;
  #sheet = new Sheet("cells");
  #hover = element("div", "hover", { hidden: "" });
  #marker = element("div", "marker", { "aria-hidden": "true" });
  #ticks = { x: element("div", "ticks across"), y: element("div", "ticks up") };
  #labels = { x: element("div", "axis across"), y: element("div", "axis up") };
  #readout = element("p", "readout");
  foot = element("div", "foot", {}, [this.#readout]);

  /** @param {(changes: import("./codes.js").Changes) => void} pick units and values the hand chose */
  constructor(pick) {
    this.pick = pick;
    this.#sheet.node.append(this.#hover, this.#marker);
    this.#sheet.node.tabIndex = 0;
    this.#sheet.node.setAttribute("role", "application");
    const { x, y } = this.#ticks;
    const plane = element("div", "plane", {}, [this.#labels.y, y, this.#sheet.node, x, this.#labels.x]);
    this.node = element("section", "grid", { "aria-label": "Grid of two units" }, [plane, this.foot]);
    this.#listen();
  }

  /**
   * @param {LabelledPlane} plane
   * @param {import("../pieces/cells.js").Image} image
   * @param {import("../pieces/room.js").Size} room its axes included
   */
  lay(plane, image, room) {
    this.#plane = plane;
    const { units, x, y } = plane;
    const layout = { image, n: x.length * y.length, columns: x.length };
    const pixels = pixelSize(layout);
    const side = Math.min(room.width - MARGIN.left, Math.max(LEAST, room.height - MARGIN.bottom));
    const scale = fitScale(pixels, { width: side, height: side }, devicePixelRatio);
    const height = y.length > 1 ? side : scale * pixels.height;
    this.size = { width: side + MARGIN.left, height: height + MARGIN.bottom };
    this.#sheet.lay({ ...layout, scale });
    this.#point(null);
    this.#describe(plane);
    this.#axis("x", x, scale * image.w);
    this.#axis("y", units.length > 1 ? y : [], scale * image.h);
    if (this.#pin) this.mark(this.#pin);
  }

  /** @param {import("../wire/messages.js").Pictures} picture */
  paint(picture) {
    this.#sheet.paint(picture);
  }

  clear() {
    this.#sheet.clear();
  }

  /** Shows where the pin lies in the plane. @param {number[]} pin */
  mark(pin) {
    this.#pin = pin;
    if (!this.#plane) return;
    const { units, x, y } = this.#plane;
    const { width, height } = this.#sheet.box(0);
    const column = place(x, pin[units[0]]);
    const row = units.length > 1 ? place(y, pin[units[1]]) : 0;
    const inside = [clamp(column, -0.5, x.length - 0.5), clamp(row, -0.5, y.length - 0.5)];
    this.#marker.classList.toggle("outside", inside[0] !== column || inside[1] !== row);
    this.#marker.style.transform = `translate(${(inside[0] + 0.5) * width}px, ${(inside[1] + 0.5) * height}px)`;
  }

  /** @param {LabelledPlane} plane */
  #describe({ labels, x, y }) {
    const [across, up] = labels;
    setExplained(this.#labels.x, across);
    setExplained(this.#labels.y, up ?? "");
    [this.#labels.x.title, this.#labels.y.title] = [across, up ?? ""];
    const axes = up ? `${across} across, ${up} up` : `${across} across`;
    this.#sheet.label = `${x.length} × ${y.length} decoded pictures: ${axes}`;
    this.#sheet.node.setAttribute("aria-label", `Grid: ${axes}. The arrow keys move the pin by one picture.`);
  }

  /** @param {AxisName} name @param {number[]} values @param {number} cell CSS pixels */
  #axis(name, values, cell) {
    const marks = values.length ? axisTicks(values, cell, TICK_ROOM[name]) : [];
    const nodes = marks.map(({ label, at }) => {
      const node = element("span", "tick", {}, [label]);
      node.style[name === "x" ? "left" : "top"] = `${at}px`;
      return node;
    });
    this.#ticks[name].replaceChildren(...nodes);
  }

  #listen() {
    const { node } = this.#sheet;
    node.addEventListener("pointermove", (event) => this.#point(this.#sheet.cellOf(event)));
    node.addEventListener("pointerleave", () => this.#point(null));
    node.addEventListener("click", (event) => this.#choose(this.#sheet.cellOf(event)));
    node.addEventListener("keydown", (event) => this.#step(event));
  }

  /** @param {number|null} cell under the hand */
  #point(cell) {
    this.#hover.hidden = cell === null;
    this.#readout.classList.toggle("idle", cell === null);
    this.#readout.title = "";
    if (cell === null || !this.#plane) return setExplained(this.#readout, HINT);
    placeBox(this.#hover, this.#sheet.box(cell));
    const { names } = this.#plane;
    const values = cellUnits(this.#plane, cell).map(([, value], axis) => `${names[axis]} = ${decimal(value)}`);
    setExplained(this.#readout, values.join(" · "));
    this.#readout.title = this.#readout.textContent ?? "";
  }

  /** @param {number|null} cell */
  #choose(cell) {
    if (cell !== null && this.#plane) this.pick(cellUnits(this.#plane, cell));
  }

  /** @param {KeyboardEvent} event */
  #step(event) {
    const step = STEPS[event.key];
    if (!step || !this.#plane || !this.#pin || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { units, x, y } = this.#plane;
    const column = clamp(nearest(x, this.#pin[units[0]]) + step[0], 0, x.length - 1);
    const row = units.length > 1 ? clamp(nearest(y, this.#pin[units[1]]) + step[1], 0, y.length - 1) : 0;
    this.#choose(row * x.length + column);
  }
}

/** A sheet of pictures: one crisp canvas whose room is taken before its pictures come. */

import { brush, element } from "./element.js";
import { placeIn } from "./own_pixels.js";
import { paintMosaic } from "./pictures.js";
import { cellAt, cellBox, pixelSize, sameCells, smoothed } from "./cells.js";

/** @param {HTMLElement} node @param {{left: number, top: number, width: number, height: number}} box in CSS pixels */
export function placeBox(node, { left, top, width, height }) {
  node.style.transform = `translate(${left}px, ${top}px)`;
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

export class Sheet {
  /** @type {import("./cells.js").Layout|null} */
  layout = null;
  /** @type {import("../wire/messages.js").Pictures|null} */
  #picture = null;

  /** @param {string} className @param {string} [label] what a screen reader says of it */
  constructor(className, label = "") {
    this.canvas = element("canvas", "pixels", { role: "img", "aria-label": label });
    this.node = element("div", `sheet ${className}`, {}, [this.canvas]);
  }

  /** @param {string} text */
  set label(text) {
    this.canvas.setAttribute("aria-label", text);
  }

  /** Takes the room; pictures already there stay when they still fit. @param {import("./cells.js").Layout} layout */
  lay(layout) {
    const { width, height } = pixelSize(layout);
    const scale = layout.scale ?? 1;
    this.node.style.width = `${width * scale}px`;
    this.node.style.height = `${height * scale}px`;
    this.canvas.classList.toggle("smoothed", smoothed(scale, devicePixelRatio));
    const kept = sameCells(this.layout, layout);
    this.layout = layout;
    if (kept) return;
    Object.assign(this.canvas, { width, height });
    this.#draw();
  }

  /** @param {import("../wire/messages.js").Pictures} picture */
  paint(picture) {
    this.#picture = picture;
    this.#draw();
  }

  /** Empties the sheet and keeps its room. */
  clear() {
    this.#picture = null;
    brush(this.canvas).clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** @param {PointerEvent|MouseEvent} event @returns {number|null} index of the picture under the pointer */
  cellOf(event) {
    return this.layout && cellAt(this.layout, ...placeIn(this.canvas, event));
  }

  /** @param {number} index @returns {{left: number, top: number, width: number, height: number}} CSS pixels */
  box(index) {
    if (!this.layout) throw new Error("A sheet has no boxes before it is laid.");
    return cellBox(this.layout, index);
  }

  /** Where the picture fits the layout. */
  #draw() {
    if (!this.layout || !this.#picture) return;
    const { image, n, columns, gap } = this.layout;
    const { header, bytes } = this.#picture;
    const fits = header.n === n && header.c === image.c && header.h === image.h && header.w === image.w;
    if (fits) paintMosaic(this.canvas, header, bytes, { columns, gap });
  }
}

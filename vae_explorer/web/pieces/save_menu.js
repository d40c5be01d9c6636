/** A button that opens a small menu of the formats a picture is saved in, and downloads the one that is chosen. */

import { sentenceOf } from "../wire/answers.js";
import { element, icon } from "./element.js";
import { zoomOf } from "./own_pixels.js";
import { noteAt } from "./term_note.js";

/**
 * @typedef {{format: "png", scale: 1|2|4}|{format: "svg"}} Kind scale: pixels of the file per CSS pixel
 * @typedef {(kind: Kind) => Promise<Blob>|Blob} Made draws the picture as it is now
 */

/** @type {{label: string, kind: Kind}[]} */
const CHOICES = [
  { label: "PNG 1×", kind: { format: "png", scale: 1 } },
  { label: "PNG 2×", kind: { format: "png", scale: 2 } },
  { label: "PNG 4×", kind: { format: "png", scale: 4 } },
  { label: "SVG", kind: { format: "svg" } },
];
const LABEL = "Save picture";
const DOWN = "M8 2v8M4.5 6.8L8 10.3l3.5-3.5M2 11.5v2.5h12v-2.5";
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {string} name of the picture, in any words @param {Kind} kind @returns {string} of letters, digits, - _ and . only */
export function fileName(name, kind) {
  const stem = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "picture";
  const density = kind.format === "png" && kind.scale > 1 ? `-${kind.scale}x` : "";
  return `${stem}${density}.${kind.format}`;
}

export class SaveMenu {
  #made;
  #name;
  #failed;
  #busy = false;
  #items = CHOICES.map(({ label, kind }) => this.#item(label, kind));
  #menu = element("div", "save-menu-list", { role: "menu", popover: "auto" }, this.#items);
  #button = element("button", "save-menu-button", { type: "button", "aria-haspopup": "menu" }, [icon(DOWN)]);
  /** The address of the last file: a browser may read it only after the click. */
  #address = "";

  /**
   * @param {Made} made @param {() => string} name of the file, in any words @param {(sentence: string) => void} failed
   * @param {string} [label] of the button, where a page has several
   */
  constructor(made, name, failed, label = LABEL) {
    this.#made = made;
    this.#name = name;
    this.#failed = failed;
    this.root = element("span", "save-menu", {}, [this.#button, this.#menu]);
    for (const node of [this.#button, this.#menu]) node.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.popoverTargetElement = this.#menu;
    this.#menu.addEventListener("toggle", ({ newState }) => this.#toggled(newState === "open"));
    this.#menu.addEventListener("keydown", (event) => this.#key(event));
    this.#toggled(false);
  }

  close() {
    URL.revokeObjectURL(this.#address);
  }

  /** @param {string} label @param {Kind} kind */
  #item(label, kind) {
    const item = element("button", "save-menu-item", { type: "button", role: "menuitem", tabindex: "-1" }, [label]);
    item.addEventListener("click", () => this.#save(kind));
    return item;
  }

  /** @param {boolean} open */
  #toggled(open) {
    this.#button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const place = noteAt(this.#button.getBoundingClientRect(), this.#menu.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
    const zoom = zoomOf(this.#menu);
    Object.assign(this.#menu.style, { left: `${place.left / zoom}px`, top: `${place.top / zoom}px` });
    this.#items[0].focus();
  }

  /** @param {KeyboardEvent} event which no map or board beneath may take for its own */
  #key(event) {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") return this.#leave();
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.#items.findIndex((item) => item === event.target);
    this.#items.at((at + step) % this.#items.length)?.focus();
  }

  #leave() {
    this.#menu.hidePopover();
    this.#button.focus();
  }

  /** @param {Kind} kind */
  async #save(kind) {
    this.#leave();
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#download(await this.#made(kind), fileName(this.#name(), kind));
    } catch (error) {
      this.#failed(sentenceOf(error));
    } finally {
      this.#busy = false;
    }
  }

  /** @param {Blob} blob @param {string} name */
  #download(blob, name) {
    URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(blob);
    element("a", "", { href: this.#address, download: name }).click();
  }
}

/** One unit's row: its name and what ranks it, a slider that moves it, and a strip of what it does. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";
import { place } from "./codes.js";
import { decimal } from "../pieces/ticks.js";
import { unitWords } from "../pieces/units.js";
import { unitNote } from "./numbers.js";

/**
 * @typedef {import("./data.js").Unit} Unit
 * @typedef {(unit: number, value: number) => void} Move
 * @typedef {(held: boolean) => void} Hold whether the hand is on the slider
 */

const THUMB = 16;

export class Row {
  /** The pin its strip was last decoded at. @type {number[]|null} */
  painted = null;
  /** The values it is walked through. @type {number[]} */
  strip = [];
  #home = 0;
  #sheet = new Sheet("strip");
  #here = element("div", "here", { "aria-hidden": "true" });
  #unit = element("span", "number");
  #name = element("span", "name");
  #note = element("span", "measure");
  #value = element("output", "value");
  #label = element("div", "label", {}, [this.#unit, this.#value, this.#name, this.#note]);
  #slider = element("input", "slider", { type: "range", step: "0.01" });

  /**
   * @param {number} unit
   * @param {Move} move
   * @param {Hold} hold
   */
  constructor(unit, move, hold) {
    this.unit = unit;
    this.#sheet.node.append(this.#here);
    const body = element("div", "body", {}, [this.#slider, this.#sheet.node]);
    this.node = element("li", "unit", { "data-unit": String(unit) }, [this.#label, body]);
    this.#listen(move, hold);
  }

  /** @param {Unit} about @param {import("../pieces/units.js").UnitNames} names */
  describe({ unit, kl, variance, home, low, high, strip }, names) {
    const words = unitWords(unit, names);
    const { text, idle } = unitNote(kl, variance);
    this.strip = strip;
    this.#home = home;
    setText(this.#unit, `unit ${unit}`);
    setText(this.#name, names[unit] ?? "");
    this.#label.title = words;
    setText(this.#note, text);
    this.node.classList.toggle("collapsed", idle);
    Object.assign(this.#slider, { min: String(low), max: String(high) });
    this.#slider.setAttribute("aria-label", words);
    this.#sheet.label = `Traversal of ${words}`;
  }

  /**
   * @param {import("../pieces/cells.js").Image} image
   * @param {import("../pieces/room.js").Size} room of the strip
   */
  lay(image, { width, height }) {
    const { strip } = this;
    const largest = { width: Math.min(width, strip.length * height), height };
    const scale = fitScale({ width: strip.length * image.w, height: image.h }, largest, devicePixelRatio);
    this.#sheet.lay({ image, n: strip.length, columns: strip.length, scale });
    const cell = scale * image.w;
    this.#slider.style.marginLeft = `${(cell - THUMB) / 2}px`;
    this.#slider.style.width = `${(strip.length - 1) * cell + THUMB}px`;
  }

  /** @param {number} value of the unit */
  show(value) {
    this.#slider.value = String(value);
    this.#slider.setAttribute("aria-valuetext", decimal(value));
    setText(this.#value, decimal(value));
    const at = (place(this.strip, value) + 0.5) * this.#sheet.box(0).width;
    this.#here.hidden = at < 0 || at > this.strip.length * this.#sheet.box(0).width;
    this.#here.style.transform = `translateX(${at}px)`;
  }

  /** @param {import("../wire/messages.js").Pictures} picture @param {number[]} pin it was decoded at */
  paint(picture, pin) {
    this.painted = pin;
    this.#sheet.paint(picture);
  }

  clear() {
    this.painted = null;
    this.#sheet.clear();
  }

  /** @param {Move} move @param {Hold} hold */
  #listen(move, hold) {
    const slider = this.#slider;
    slider.addEventListener("input", () => move(this.unit, Number(slider.value)));
    slider.addEventListener("dblclick", () => move(this.unit, this.#home));
    slider.addEventListener("pointerdown", () => hold(true));
    for (const end of ["change", "pointerup", "pointercancel"]) slider.addEventListener(end, () => hold(false));
    this.#sheet.node.addEventListener("click", (event) => {
      const picture = this.#sheet.cellOf(event);
      if (picture !== null) move(this.unit, this.strip[picture]);
    });
  }
}

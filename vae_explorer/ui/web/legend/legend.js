/** The classes: a chip each, with its colour and count. Click shows or hides one, double click shows it alone. */

import { element, setText } from "../element.js";

/** @param {Set<number>} hidden @param {number} id @returns {Set<number>} with the class shown if it was hidden, and hidden if not */
export function toggled(hidden, id) {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** @param {Set<number>} hidden @param {number} id @param {number} classes @returns {Set<number>} all but one; none if it was alone already */
export function isolated(hidden, id, classes) {
  const others = Array.from({ length: classes }, (_, other) => other).filter((other) => other !== id);
  const alone = !hidden.has(id) && others.every((other) => hidden.has(other));
  return new Set(alone ? [] : others);
}

export class Legend {
  #names = "";
  #hidden = new Set();
  #chips = [];
  #changed;

  /** @param {(hidden: Set<number>) => void} changed */
  constructor(changed) {
    this.#changed = changed;
    this.root = element("div", "map-legend", { role: "group", "aria-label": "Classes" });
  }

  /**
   * @param {{classes: string[], colours: string[], colour: {kind: string}}} data
   * @param {number[]} counts @param {Set<number>} hidden
   */
  update({ classes, colours, colour }, counts, hidden) {
    this.#hidden = hidden;
    if (this.#names !== JSON.stringify(classes)) this.#build(classes);
    this.root.hidden = classes.length === 0;
    this.root.dataset.colour = colour.kind;
    this.#chips.forEach(({ chip, swatch, count }, id) => {
      chip.setAttribute("aria-pressed", String(!hidden.has(id)));
      swatch.style.backgroundColor = colours[id] ?? "";
      setText(count, (counts[id] ?? 0).toLocaleString("en-US"));
    });
  }

  #build(classes) {
    this.#names = JSON.stringify(classes);
    this.#chips = classes.map((name, id) => this.#chip(name, id, classes.length));
    this.root.replaceChildren(...this.#chips.map(({ chip }) => chip));
  }

  #chip(name, id, classes) {
    const swatch = element("span", "map-swatch");
    const count = element("span", "map-count");
    const title = `Class ${name}: click to show or hide, double click to show it alone`;
    const attributes = { type: "button", title, "data-class": String(id) };
    const chip = element("button", "map-chip", attributes, [swatch, element("span", "map-class", {}, [name]), count]);
    chip.addEventListener("click", (event) => {
      if (event.shiftKey) this.#changed(isolated(this.#hidden, id, classes));
      else this.#changed(toggled(this.#hidden, id));
    });
    chip.addEventListener("dblclick", (event) => event.shiftKey || this.#changed(isolated(this.#hidden, id, classes)));
    return { chip, swatch, count };
  }
}

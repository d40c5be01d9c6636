/** The categories, classes or clusters: a chip each, with its colour and count. Click hides one, double click shows it alone. */

import { element, setText } from "../pieces/element.js";

/** Beyond so many, chips leave their counts to their titles. */
const MANY = 12;

/** @param {Set<number>} hidden @param {number} id @returns {Set<number>} with the category shown if it was hidden, and hidden if not */
export function toggled(hidden, id) {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** @param {number} id @param {number} count of categories @returns {Set<number>} all but one */
export const only = (id, count) => new Set(Array.from({ length: count }, (_, other) => other).filter((other) => other !== id));

/** @param {Set<number>} hidden @param {number} id @param {number} count of categories @returns {Set<number>} all but one; none if it was alone already */
export function isolated(hidden, id, count) {
  const others = only(id, count);
  const alone = !hidden.has(id) && [...others].every((other) => hidden.has(other));
  return alone ? new Set() : others;
}

/**
 * @typedef {{title: string, names: string[], colours: string[], note?: string}} Categories
 *   the title in the singular: "Class", "Cluster"; note: a sentence on the colours
 * @typedef {{chip: HTMLButtonElement, swatch: HTMLElement, count: HTMLElement}} Chip
 */

export class Legend {
  #built = "";
  /** @type {Set<number>} */
  #hidden = new Set();
  /** @type {Chip[]} */
  #chips = [];
  #note = element("span", "map-legend-note");
  #changed;

  /** @param {(hidden: Set<number>) => void} changed */
  constructor(changed) {
    this.#changed = changed;
    this.root = element("div", "map-legend", { role: "group", "aria-label": "Legend" });
  }

  /**
   * @param {Categories} categories @param {"category"|"value"} kind whether points have the colours of the categories
   * @param {number[]} counts points a category @param {Set<number>} hidden
   */
  update({ title, names, colours, note = "" }, kind, counts, hidden) {
    this.#hidden = hidden;
    this.#build(title, names);
    setText(this.#note, note);
    this.root.hidden = names.length === 0;
    this.root.dataset.colour = kind;
    this.root.dataset.many = String(names.length > MANY);
    this.#chips.forEach(({ chip, swatch, count }, id) => {
      const points = (counts[id] ?? 0).toLocaleString("en-US");
      chip.setAttribute("aria-pressed", String(!hidden.has(id)));
      swatch.style.backgroundColor = colours[id] ?? "";
      chip.title = `${title} ${names[id]}, ${points} images: click to show or hide, double click to show it alone`;
      setText(count, points);
    });
  }

  /** @param {string} title @param {string[]} names */
  #build(title, names) {
    const built = JSON.stringify([title, names]);
    if (built === this.#built) return;
    this.#built = built;
    this.#chips = names.map((name, id) => this.#chip(name, id, names.length));
    this.root.replaceChildren(...this.#chips.map(({ chip }) => chip), this.#note);
  }

  /** @param {string} name @param {number} id @param {number} total @returns {Chip} */
  #chip(name, id, total) {
    const swatch = element("span", "map-swatch");
    const count = element("span", "map-count");
    const chip = element("button", "map-chip", { type: "button", "data-class": String(id) }, [swatch, element("span", "map-class", {}, [name]), count]);
    chip.addEventListener("click", (event) => {
      if (event.shiftKey) this.#changed(isolated(this.#hidden, id, total));
      else this.#changed(toggled(this.#hidden, id));
    });
    chip.addEventListener("dblclick", (event) => {
      if (!event.shiftKey) this.#changed(isolated(this.#hidden, id, total));
    });
    return { chip, swatch, count };
  }
}

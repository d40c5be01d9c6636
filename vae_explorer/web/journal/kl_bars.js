/** The KL of every unit as a bar; a click chooses the unit whose walk is to be seen. */

import { element } from "../pieces/element.js";
import { explained, setExplained } from "../pieces/terms.js";
import { unitWords } from "../pieces/units.js";
import { unitText } from "./words.js";

/** Nats under which a unit carries nothing: its bar is greyed. */
export const ASLEEP = 0.01;
const NAMED = 24;

/** @param {(number|null)[]} kl nats a unit, null where not known @returns {number} the top of a scale that holds them all, nats */
export const scaleOf = (kl) => Math.max(0.1, ...kl.map((value) => value ?? 0).filter(Number.isFinite));

export class KlBars {
  /** @type {{bar: HTMLButtonElement, fill: HTMLElement}[]} */
  #bars = [];
  #top = element("span", "journal-note");
  #row = element("div", "journal-bars", { role: "group", "aria-label": "KL of each unit" });
  #choose;

  /** @param {(unit: number) => void} choose */
  constructor(choose) {
    this.#choose = choose;
    const head = element("div", "journal-head", {}, [explained("h3", "journal-title", "KL of each unit"), this.#top]);
    this.root = element("section", "journal-kl", {}, [head, this.#row]);
  }

  /**
   * @param {number[]|null} kl nats a unit; null for a plain autoencoder @param {number} scale nats at the top
   * @param {number|null} chosen unit @param {import("../pieces/units.js").UnitNames} names
   */
  show(kl, scale, chosen, names) {
    this.root.hidden = kl === null;
    if (!kl) return;
    if (kl.length !== this.#bars.length) this.#build(kl.length);
    setExplained(this.#top, `bars up to ${scale.toFixed(1)} nats`);
    this.#bars.forEach(({ bar, fill }, unit) => {
      fill.style.transform = `scaleY(${Math.min(1, kl[unit] / scale)})`;
      bar.classList.toggle("asleep", kl[unit] < ASLEEP);
      bar.setAttribute("aria-pressed", String(unit === chosen));
      const words = unitWords(unit, names);
      const text = unitText(words, kl[unit]);
      if (bar.title !== text) Object.assign(bar, { title: text, ariaLabel: words });
    });
  }

  /** @param {number} count of units */
  #build(count) {
    this.#bars = Array.from({ length: count }, (_, unit) => this.#bar(unit));
    this.#row.dataset.many = String(count > NAMED);
    this.#row.replaceChildren(...this.#bars.map(({ bar }) => bar));
  }

  /** @param {number} unit */
  #bar(unit) {
    const fill = element("span", "journal-fill");
    const well = element("span", "journal-well", {}, [fill]);
    const name = element("span", "journal-unit", {}, [String(unit)]);
    const bar = element("button", "journal-bar", { type: "button", "aria-label": `unit ${unit}` }, [well, name]);
    bar.addEventListener("click", () => this.#choose(unit));
    return { bar, fill };
  }
}

/** The KL of a model's units as bars, level with those of the first model that say the same. */

import { element, setText } from "../pieces/element.js";
import { minus } from "../pieces/ticks.js";

/** @import { ComparedModel, ComparedUnit } from "./data.js" */
/** @typedef {{most: number, rows: number}} Scale nats that a whole bar stands for, and how many units of the first model say something */

/** @param {ComparedModel[]} models @returns {Scale} the same for all of them */
export function scaleOf(models) {
  const all = models.flatMap(({ units, rest }) => [...units, ...rest]);
  const live = models[0].units.filter(({ idle }) => !idle);
  return { most: Math.max(1e-9, ...all.map(({ kl }) => kl ?? 0)), rows: live.length };
}

/** @param {ComparedUnit} unit @returns {string} how it was matched, and which way it runs; empty within one model */
export function matchWords({ correlation, seeds }) {
  const over = seeds && ` (|r| ${seeds})`;
  return correlation === null ? "" : `r ${minus(correlation.toFixed(2))}${over}`;
}

/** @param {ComparedUnit} unit @returns {string} empty for a plain autoencoder */
export const klWords = ({ kl }) => (kl === null ? "" : `${kl.toFixed(2)} nats`);

/** @param {ComparedModel} model @param {number} rows @returns {{matched: ComparedUnit[], others: ComparedUnit[], collapsed: ComparedUnit[]}} */
export function sorted({ units, rest }, rows) {
  const left = [...units.slice(rows).filter(({ unit }) => unit !== null), ...rest];
  return { matched: units.slice(0, rows), others: left.filter(({ idle }) => !idle), collapsed: left.filter(({ idle }) => idle) };
}

/** @param {ComparedModel} model @param {ComparedUnit[]} collapsed @returns {string} what the bars cannot show */
export function noteOf({ plain }, collapsed) {
  const names = collapsed.map(({ words }) => words.replace(/^unit /, "")).join(", ");
  const silent = names && `Collapsed: ${collapsed.length === 1 ? "unit" : "units"} ${names}.`;
  return [plain ? "There is no posterior, and so no KL and no rate." : "", silent].filter(Boolean).join(" ");
}

export class Bars {
  #list = element("ul", "bars");
  #others = element("ul", "bars others");
  #note = element("p", "note");

  /** @param {(row: number) => void} choose a row of the first model's ranking */
  constructor(choose) {
    this.choose = choose;
    this.root = element("div", "kl", { role: "group", "aria-label": "KL of each unit" }, [this.#list, this.#others, this.#note]);
  }

  /** @param {ComparedModel} model @param {Scale} scale @param {number} chosen row */
  show(model, { most, rows }, chosen) {
    const { matched, others, collapsed } = sorted(model, rows);
    this.#list.replaceChildren(...matched.map((unit, row) => this.#row(unit, most, row, row === chosen)));
    const heading = others.length ? [element("li", "bars-title", {}, ["Matched to none"])] : [];
    this.#others.replaceChildren(...heading, ...others.map((unit) => element("li", "bar", {}, barParts(unit, most))));
    setText(this.#note, noteOf(model, collapsed));
  }

  /** @param {ComparedUnit} unit @param {number} most @param {number} row @param {boolean} chosen */
  #row(unit, most, row, chosen) {
    const button = element("button", "bar bar-button", { type: "button", "aria-pressed": String(chosen) }, barParts(unit, most));
    button.addEventListener("click", () => this.choose(row));
    button.title = unit.unit === null ? `No match: ${unit.words}` : [unit.words, klWords(unit), matchWords(unit)].filter(Boolean).join(", ");
    return element("li", unit.idle ? "idle" : "", {}, [button]);
  }
}

/** @param {ComparedUnit} unit @param {number} most */
function barParts(unit, most) {
  const fill = element("span", "bar-fill");
  fill.style.width = `${(100 * (unit.kl ?? 0)) / most}%`;
  const [name, number] = unit.unit === null ? ["–", "no match"] : [unit.words, klWords(unit) || matchWords(unit)];
  return [element("span", "bar-name", {}, [name]), element("span", "bar-room", {}, [fill]), element("span", "bar-number", {}, [number])];
}

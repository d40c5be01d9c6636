/** A row of pictures for each unit: what the decoder makes of it along its axis. */

import { fitScale } from "../pieces/cells.js";
import { element, setText } from "../pieces/element.js";
import { Sheet } from "../pieces/sheet.js";
import { setExplained } from "../pieces/terms.js";
import { unitWords } from "../pieces/units.js";

const MOST = 10;
const ONE_COLUMN = 3;
const LABEL_PX = 46;
const LARGEST = 96;

/**
 * The units that carry the most, in their own order, so that rows seldom change places; a chosen one is always among them.
 * @param {(number|null)[]|null} kl nats a unit; null: the first units @param {number} walked how many units have a walk
 * @param {number|null} chosen @returns {number[]}
 */
export function unitsShown(kl, walked, chosen) {
  const all = Array.from({ length: walked }, (_, unit) => unit);
  const ranked = kl ? all.sort((a, b) => (kl[b] ?? 0) - (kl[a] ?? 0) || a - b) : all;
  const first = ranked.slice(0, MOST);
  if (chosen !== null && chosen < walked && !first.includes(chosen)) first[first.length - 1] = chosen;
  return first.sort((a, b) => a - b);
}

export class Walks {
  /** @type {ReturnType<typeof row>[]} */
  #rows = [];
  /** @type {number[]} */
  #units = [];
  #grid = element("div", "journal-walks");
  #head = element("h3", "journal-title");
  #width = 0;
  #key = "";

  constructor() {
    this.root = element("section", "", {}, [this.#head, this.#grid]);
  }

  /** @param {number} width CSS px */
  resize(width) {
    this.#width = width;
    this.#key = "";
  }

  /**
   * @param {import("./snapshot.js").Snapshot} shown @param {number[]} units @param {number|null} chosen
   * @param {number[]} along where a unit goes, in standard deviations of the prior
   * @param {import("../pieces/units.js").UnitNames} names
   */
  show(shown, units, chosen, along, names) {
    this.#lay(shown, units, along);
    const one = shown.image.c * shown.image.h * shown.image.w;
    const row = shown.values * one;
    this.#rows.forEach(({ root, sheet, label, name }, i) => {
      const unit = this.#units[i];
      sheet.paint({ header: { n: shown.values, ...shown.image }, bytes: shown.walks.subarray(unit * row, (unit + 1) * row) });
      root.classList.toggle("chosen", unit === chosen);
      setText(label, `unit ${unit}`);
      setText(name, names[unit] ?? "");
      root.title = names[unit] ? unitWords(unit, names) : "";
    });
  }

  /** @param {import("./snapshot.js").Snapshot} shown @param {number[]} units @param {number[]} along */
  #lay({ image, values }, units, along) {
    const key = JSON.stringify([image, values, units, this.#width]);
    if (key === this.#key || !this.#width) return;
    [this.#key, this.#units] = [key, units];
    setExplained(this.#head, `Traversals: each unit over ±${Math.max(...along.map(Math.abs))} standard deviations`);
    const columns = units.length > ONE_COLUMN ? 2 : 1;
    const room = { width: (this.#width - 16 * (columns - 1)) / columns - LABEL_PX, height: LARGEST };
    const scale = fitScale({ width: values * (image.w + 1), height: image.h }, room, devicePixelRatio);
    while (this.#rows.length < units.length) this.#rows.push(row());
    this.#rows.length = units.length;
    for (const { sheet } of this.#rows) sheet.lay({ image, n: values, columns: values, gap: 1, scale });
    this.#grid.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
    this.#grid.style.gridTemplateRows = `repeat(${Math.ceil(units.length / columns)}, auto)`;
    this.#grid.replaceChildren(...this.#rows.map(({ root }) => root));
  }
}

function row() {
  const label = element("span", "journal-note");
  const name = element("span", "journal-name");
  const sheet = new Sheet("journal-sheet", "Walk along a unit");
  const called = element("div", "journal-called", {}, [label, name]);
  return { root: element("div", "journal-walk", {}, [called, sheet.node]), sheet, label, name };
}

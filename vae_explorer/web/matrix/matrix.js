/** A table of factors and units, each cell as strong as the two go together; a click or Enter chooses one. */

import { element } from "../pieces/element.js";
import { PICTURES_FIRST_MS, tellUnit } from "../pieces/shared_unit.js";
import { unitWords } from "../pieces/units.js";
import { Outbox } from "../wire/outbox.js";
import { moved } from "./steps.js";

/**
 * @typedef {{unit: number, collapsed: boolean}} Column
 * @typedef {{factors: string[], units: Column[], unit_names: import("../pieces/units.js").UnitNames, values: number[][], cell: number[]}} Data
 *   as `ui/components/factor_matrix.py` hands it over; values from 0 to 1, a row for each factor; cell: unit and factor
 */

export class Matrix {
  #out;
  #table = element("table", "matrix", { "aria-label": "Factors in rows, latent units in columns" });
  /** A row for each factor. @type {HTMLButtonElement[][]} */
  #cells = [];
  #drawn = "";
  /** @type {Data|null} */
  #data = null;
  /** Unit and factor: the newest choice, of the hand or of the page. */
  #chosen = [0, 0];

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.#out = new Outbox(send, PICTURES_FIRST_MS);
    root.replaceChildren(element("div", "matrix-room", {}, [this.#table]));
    this.#table.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    const { cell, ...drawn } = data;
    const text = JSON.stringify(drawn);
    if (text !== this.#drawn) this.#build(data);
    this.#drawn = text;
    if (this.#out.adopt("cell", cell)) this.#chosen = cell;
    this.#mark(this.#chosen);
  }

  /** The hand leaves, perhaps for another page. */
  rest() {
    this.#out.flush();
  }

  close() {
    this.#out.close();
    this.#table.replaceChildren();
  }

  /** @param {Data} data */
  #build({ factors, units, unit_names: names, values }) {
    const heads = units.map(({ unit, collapsed }) => {
      const title = collapsed ? `${unitWords(unit, names)}, collapsed: it says nothing` : unitWords(unit, names);
      const name = element("span", "matrix-name", {}, [names[unit] ?? ""]);
      return element("th", collapsed ? "matrix-unit collapsed" : "matrix-unit", { scope: "col", title }, [String(unit), name]);
    });
    const corner = element("th", "matrix-corner", { scope: "col" }, ["unit"]);
    const shown = (/** @type {number} */ row, /** @type {number} */ column) => this.#cell(values[row][column], row, column);
    this.#cells = factors.map((_, row) => units.map((_, column) => shown(row, column)));
    const rows = factors.map((factor, row) => {
      const name = element("th", "matrix-factor", { scope: "row" }, [factor]);
      return element("tr", "", {}, [name, ...this.#cells[row].map((cell) => element("td", "", {}, [cell]))]);
    });
    this.#table.replaceChildren(
      element("thead", "", {}, [element("tr", "", {}, [corner, ...heads])]),
      element("tbody", "", {}, rows),
    );
  }

  /** @param {number} value @param {number} row @param {number} column @returns {HTMLButtonElement} */
  #cell(value, row, column) {
    const { factors, units, unit_names: names } = /** @type {Data} */ (this.#data);
    const { unit, collapsed } = units[column];
    const both = `${factors[row]}, ${unitWords(unit, names)}`;
    const kind = collapsed ? "matrix-cell collapsed" : "matrix-cell";
    const cell = element("button", kind, { type: "button", "aria-label": `${both}: ${value.toFixed(2)}`, title: `${both}: ${value.toFixed(3)}`, tabindex: "-1" }, [value.toFixed(2)]);
    cell.style.setProperty("--share", value.toFixed(3));
    cell.addEventListener("click", () => this.#choose(row, column));
    return cell;
  }

  /** @param {number} row @param {number} column */
  #choose(row, column) {
    const { unit } = /** @type {Data} */ (this.#data).units[column];
    this.#chosen = [unit, row];
    this.#mark(this.#chosen);
    tellUnit(unit);
    this.#out.put("cell", this.#chosen);
  }

  /** @param {number[]} cell unit and factor: its button is pressed, and the one that the tabulator reaches */
  #mark([unit, factor]) {
    const { units } = /** @type {Data} */ (this.#data);
    this.#cells.forEach((cells, row) =>
      cells.forEach((cell, column) => {
        const chosen = row === factor && units[column].unit === unit;
        cell.setAttribute("aria-pressed", String(chosen));
        cell.tabIndex = chosen ? 0 : -1;
      }),
    );
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const row = this.#cells.findIndex((cells) => cells.includes(/** @type {HTMLButtonElement} */ (event.target)));
    if (row < 0) return;
    const column = this.#cells[row].indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = moved(event.key, [row, column], [this.#cells.length, this.#cells[0].length]);
    if (!next) return;
    event.preventDefault();
    this.#cells[next[0]][next[1]].focus();
  }
}

/** What the model makes of the same images, the same eps and the same walks: pictures beside the map. */

import { fitScale } from "../pieces/cells.js";
import { element } from "../pieces/element.js";
import { Sheet } from "../pieces/sheet.js";
import { explained } from "../pieces/terms.js";
import { pairRow } from "./snapshot.js";
import { Walks } from "./walks.js";

const COLUMNS = 8;

export class Gallery {
  /** @type {Sheet[]} */
  #pairs = [];
  #pairRows = element("div", "journal-pairs");
  #samples = new Sheet("journal-sheet", "Samples");
  #walks = new Walks();
  #width = 0;
  #laid = "";
  /** @type {{snapshot: import("./snapshot.js").Snapshot, key: string}|null} */
  #shown = null;

  constructor() {
    const pairs = block("Test images, and below each its reconstruction", this.#pairRows);
    const samples = block("Samples, from the same noise at every moment", this.#samples.node);
    this.root = element("div", "journal-gallery", {}, [pairs, samples, this.#walks.root]);
  }

  /** Of the samples. */
  get canvas() {
    return this.#samples.canvas;
  }

  /** @returns {boolean} whether its width became another */
  measure() {
    const width = this.root.clientWidth;
    if (width === this.#width) return false;
    this.#width = width;
    this.#walks.resize(width);
    [this.#laid, this.#shown] = ["", null];
    return true;
  }

  /**
   * @param {import("./snapshot.js").Snapshot} shown @param {import("./snapshot.js").Fixed} fixed
   * @param {number[]} units with a row each @param {number|null} chosen
   * @param {import("../pieces/units.js").UnitNames} names
   */
  show(shown, fixed, units, chosen, names) {
    const key = JSON.stringify([units, chosen, names]);
    if (!this.#width || (this.#shown?.snapshot === shown && this.#shown.key === key)) return;
    this.#shown = { snapshot: shown, key };
    this.#lay(shown);
    const { image, m, k } = shown;
    const size = columnsOf(m) * image.c * image.h * image.w;
    this.#pairs.forEach((sheet, row) => {
      sheet.paint({ header: { n: 2 * columnsOf(m), ...image }, bytes: pairRow(fixed.originals, shown.reconstructions, row, size) });
    });
    this.#samples.paint({ header: { n: k, ...image }, bytes: shown.samples });
    this.#walks.show(shown, units, chosen, fixed.values, names);
  }

  /** @param {import("./snapshot.js").Snapshot} shown */
  #lay({ image, m, k }) {
    const key = JSON.stringify([image, m, k]);
    if (key === this.#laid) return;
    this.#laid = key;
    const across = Math.max(columnsOf(m), columnsOf(k));
    const room = { width: this.#width, height: Infinity };
    const scale = fitScale({ width: across * (image.w + 1), height: image.h }, room, devicePixelRatio);
    this.#pairs = Array.from({ length: m / columnsOf(m) }, () => new Sheet("journal-sheet", "Test images above their reconstructions"));
    for (const sheet of this.#pairs) sheet.lay({ image, n: 2 * columnsOf(m), columns: columnsOf(m), gap: 1, scale });
    this.#pairRows.replaceChildren(...this.#pairs.map(({ node }) => node));
    this.#samples.lay({ image, n: k, columns: columnsOf(k), gap: 1, scale });
  }
}

/** @param {number} n pictures @returns {number} columns of full rows, so that each row of originals has one below it */
export const columnsOf = (n) => [...Array(COLUMNS + 1).keys()].reverse().find((columns) => columns && n % columns === 0) ?? 1;

/** @param {string} title @param {HTMLElement} node */
const block = (title, node) => element("section", "", {}, [explained("h3", "journal-title", title), node]);

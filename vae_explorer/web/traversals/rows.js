/** The list of all units' rows; only rows in sight are decoded. */

import { element } from "../pieces/element.js";
import { outdated } from "./codes.js";
import { Row } from "./row.js";

const LABEL_WIDTH = 118;
const SCROLLBAR = 18;
const AHEAD_PX = 120;
/** CSS pixels of a row beside its strip: the slider, and the space around both. */
const AROUND_STRIP = 38;
const [LEAST_PICTURE, LARGEST_PICTURE] = [48, 128];

export class Rows {
  /** @type {Map<number, Row>} */
  #rows = new Map();
  /** @type {Set<Element>} */
  #inSight = new Set();

  /**
   * @param {{move: import("./row.js").Move, hold: import("./row.js").Hold, seen: () => void}} hand
   *   `seen` is called when rows come into sight
   */
  constructor(hand) {
    this.hand = hand;
    this.node = element("ol", "units", { "aria-label": "Latent units, most informative first" });
    this.observer = new IntersectionObserver((entries) => this.#sight(entries), {
      rootMargin: `${AHEAD_PX}px 0px`,
    });
  }

  /**
   * @param {import("./row.js").Unit[]} units ranked; rows that stay keep their element, so a slider in the hand stays in the hand
   * @param {import("../pieces/units.js").UnitNames} names
   */
  list(units, names) {
    const rows = new Map(units.map(({ unit }) => [unit, this.#rows.get(unit) ?? this.#made(unit)]));
    for (const [unit, row] of this.#rows) if (!rows.has(unit)) this.#drop(row);
    this.#rows = rows;
    for (const about of units) rows.get(about.unit)?.describe(about, names);
    const nodes = [...rows.values()].map(({ node }) => node);
    if (nodes.some((node, i) => this.node.children[i] !== node)) this.node.append(...nodes);
  }

  /** CSS pixels of all rows with their smallest pictures. */
  get least() {
    return this.#rows.size * (LEAST_PICTURE + AROUND_STRIP);
  }

  /** @param {import("../pieces/cells.js").Image} image @param {import("../pieces/room.js").Size} room of the whole list */
  lay(image, { width, height }) {
    const each = Math.floor(height / Math.max(1, this.#rows.size)) - AROUND_STRIP;
    const strip = { width: width - LABEL_WIDTH - SCROLLBAR, height: Math.min(LARGEST_PICTURE, Math.max(LEAST_PICTURE, each)) };
    for (const row of this.#rows.values()) row.lay(image, strip);
  }

  /** @param {number[]} pin @param {Iterable<number>} [units] those that changed */
  show(pin, units = this.#rows.keys()) {
    for (const unit of units) this.#rows.get(unit)?.show(pin[unit]);
  }

  /** @param {number[]} pin @param {number} most @returns {Row[]} in sight, with a strip that is out of date */
  outdated(pin, most) {
    const inSight = [...this.#rows.values()].filter((row) => this.#inSight.has(row.node));
    return inSight.filter((row) => outdated(row.painted, pin, [row.unit])).slice(0, most);
  }

  /** What was decoded is no longer true. */
  forget() {
    for (const row of this.#rows.values()) row.painted = null;
  }

  clear() {
    for (const row of this.#rows.values()) row.clear();
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {number} unit */
  #made(unit) {
    const row = new Row(unit, this.hand.move, this.hand.hold);
    this.observer.observe(row.node);
    return row;
  }

  /** @param {Row} row */
  #drop({ node }) {
    this.observer.unobserve(node);
    this.#inSight.delete(node);
    node.remove();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #sight(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#inSight.add(target);
      else this.#inSight.delete(target);
    }
    this.hand.seen();
  }
}

/** A small note at the pointer: the image under it and what it costs. It follows the hand and never stands in its way. */

import { brush, element, setText } from "../pieces/element.js";
import { Latest } from "../wire/live.js";
import { loadPoint } from "../pieces/points.js";
import { spriteBox } from "../pieces/sprites.js";
import { showFactors } from "./factors.js";
import { coarse, costText, imageText } from "./words.js";

/**
 * @import { Sheet, Sprites } from "../pieces/sprites.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, Size } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 * @import { Hand } from "./hand.js"
 * @import { Stage } from "./stage.js"
 */
/** @typedef {{model: string, version: string, index: number, column: string}} Shown a data point, and the legend's column */

const GAP_PX = 16;

/**
 * Below and to the right of the pointer, on its other side where the plot ends.
 * @param {Place} at CSS px @param {Size} note @param {Size} size of the plot
 * @returns {Place} the note's top left
 */
export function beside([x, y], note, size) {
  /** @param {number} at @param {number} length @param {number} room */
  const place = (at, length, room) => Math.max(0, at + GAP_PX + length <= room ? at + GAP_PX : at - GAP_PX - length);
  return [place(x, note.width, size.width), place(y, note.height, size.height)];
}

export class Tooltip {
  #stage;
  #sprites;
  #latest;
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Sheet|null} */
  #sheet = null;

  /** @param {Pick<Stage, "size"|"layers">} stage @param {Sprites} sprites */
  constructor(stage, sprites) {
    this.#stage = stage;
    this.#sprites = sprites;
    this.picture = element("canvas", "map-tip-picture", { role: "img", "aria-label": "Thumbnail" });
    this.frame = element("div", "map-tip-frame", {}, [this.picture]);
    this.title = element("p", "map-tip-title");
    this.category = element("p", "map-tip-line");
    this.cost = element("p", "map-tip-line");
    this.factors = element("p", "map-tip-line");
    this.mark = element("p", "map-tip-line map-tip-mark", {}, ["reconstruction"]);
    const words = element("div", "map-tip-words", {}, [this.title, this.category, this.factors, this.cost, this.mark]);
    this.root = element("div", "map-tip", { "aria-hidden": "true" }, [this.frame, words]);
    this.root.hidden = true;
    this.#latest = new Latest(
      /** @param {Shown} wanted */
      ({ model, version, index }) => loadPoint(model, version, index),
      (point, wanted) => wanted === this.#shown && this.#tellKnown(costText(point), point.factors),
      (_, wanted) => wanted === this.#shown && this.#tellKnown("", []),
    );
  }

  /** @param {MapData} data @param {Cloud} cloud @param {Hand} hand */
  update(data, cloud, { near, pointer, resting, dragging }) {
    const shown = near !== null && pointer !== null && !resting && !dragging && !coarse();
    this.root.hidden = !shown;
    if (!shown) return;
    const index = cloud.order[near];
    this.#tell(data, cloud, near, index);
    this.#paint(this.#sprites.sheet(cloud.places[near]), cloud.places[near]);
    this.#move(pointer);
  }

  /** @param {Place} pointer CSS px */
  #move(pointer) {
    const { size, layers } = this.#stage;
    const [x, y] = beside(pointer, { width: this.root.offsetWidth, height: this.root.offsetHeight }, size);
    const { offsetLeft, offsetTop } = layers.overlay;
    this.root.style.transform = `translate(${offsetLeft + Math.round(x)}px, ${offsetTop + Math.round(y)}px)`;
  }

  /** @param {MapData} data @param {Cloud} cloud @param {number} near @param {number} index */
  #tell({ model, version, classes, traits, legend }, cloud, near, index) {
    const [wanted, shown] = [{ model, version, index, column: legend.column }, this.#shown];
    if (shown?.model === model && shown.version === version && shown.index === index && shown.column === legend.column) return;
    this.#shown = wanted;
    this.#sheet = null;
    setText(this.title, imageText(index, classes[cloud.classes[near]], traits));
    const apart = legend.names.length > 0 && !traits.includes(legend.title.toLowerCase());
    setText(this.category, apart ? `${legend.title} ${legend.names[cloud.labels[near]]}` : "");
    this.#tellKnown("", []);
    this.#latest.push(wanted);
  }

  /** @param {string} cost @param {string[]} factors in words */
  #tellKnown(cost, factors) {
    setText(this.cost, cost);
    showFactors(this.factors, factors);
  }

  /** @param {Sheet|null} sheet @param {number} point its place among the points */
  #paint(sheet, point) {
    this.mark.hidden = !sheet?.standIn;
    this.picture.style.visibility = sheet ? "" : "hidden";
    if (!sheet || sheet === this.#sheet) return;
    this.#sheet = sheet;
    const [left, top, width, height] = spriteBox(sheet, point);
    Object.assign(this.picture, { width, height });
    brush(this.picture).drawImage(sheet.bitmap, left, top, width, height, 0, 0, width, height);
  }
}

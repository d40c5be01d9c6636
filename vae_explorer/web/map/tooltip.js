/** A small note at the pointer: the image under it and what it costs. It follows the hand and never stands in its way. */

import { element, setText } from "../pieces/element.js";
import { Latest } from "../wire/live.js";
import { loadPoint } from "../pieces/points.js";
import { spriteBox } from "../pieces/sprites.js";
import { coarse, costText, imageText } from "./words.js";

const GAP_PX = 16;

/**
 * Below and to the right of the pointer, on its other side where the plot ends.
 * @param {[number, number]} at CSS px @param {{width: number, height: number}} note @param {import("../plot/view.js").Size} size of the plot
 * @returns {[number, number]} the note's top left
 */
export function beside([x, y], note, size) {
  const place = (at, length, room) => Math.max(0, at + GAP_PX + length <= room ? at + GAP_PX : at - GAP_PX - length);
  return [place(x, note.width, size.width), place(y, note.height, size.height)];
}

export class Tooltip {
  #latest;
  #shown = null;
  #sheet = null;

  constructor() {
    this.picture = element("canvas", "map-tip-picture", { role: "img", "aria-label": "Thumbnail" });
    this.frame = element("div", "map-tip-frame", {}, [this.picture]);
    this.title = element("p", "map-tip-title");
    this.category = element("p", "map-tip-line");
    this.cost = element("p", "map-tip-line");
    this.mark = element("p", "map-tip-line map-tip-mark", {}, ["reconstruction"]);
    const words = element("div", "map-tip-words", {}, [this.title, this.category, this.cost, this.mark]);
    this.root = element("div", "map-tip", { "aria-hidden": "true" }, [this.frame, words]);
    this.root.hidden = true;
    this.#latest = new Latest(
      ({ model, version, index }) => loadPoint(model, version, index),
      (point, wanted) => wanted === this.#shown && setText(this.cost, costText(point)),
      (_, wanted) => wanted === this.#shown && setText(this.cost, ""),
    );
  }

  /**
   * @param {{data: object, scene: object, hand: import("./hand.js").Hand, stage: object, sprites: import("../pieces/sprites.js").Sprites}} map
   */
  update({ data, scene, hand, stage, sprites }) {
    const { near, pointer, resting, dragging } = hand;
    this.root.hidden = near === null || resting || dragging || coarse();
    if (this.root.hidden) return;
    const index = scene.cloud.order[near];
    this.#tell(data, scene.cloud, near, index);
    this.#paint(sprites.sheet(index), index);
    const [x, y] = beside(pointer, { width: this.root.offsetWidth, height: this.root.offsetHeight }, stage.size);
    const { offsetLeft, offsetTop } = stage.layers.overlay;
    this.root.style.transform = `translate(${offsetLeft + Math.round(x)}px, ${offsetTop + Math.round(y)}px)`;
  }

  #tell({ model, version, classes, legend }, cloud, near, index) {
    const wanted = { model, version, index, column: legend.column };
    if (Object.keys(wanted).every((name) => wanted[name] === this.#shown?.[name])) return;
    this.#shown = wanted;
    this.#sheet = null;
    setText(this.title, imageText(index, classes[cloud.classes[near]]));
    const apart = legend.names.length > 0 && legend.column !== "label";
    setText(this.category, apart ? `${legend.title} ${legend.names[cloud.labels[near]]}` : "");
    setText(this.cost, "");
    this.#latest.push(wanted);
  }

  #paint(sheet, index) {
    this.mark.hidden = !sheet?.standIn;
    this.picture.style.visibility = sheet ? "" : "hidden";
    if (!sheet || sheet === this.#sheet) return;
    this.#sheet = sheet;
    const [left, top, width, height] = spriteBox(sheet, index);
    Object.assign(this.picture, { width, height });
    this.picture.getContext("2d").drawImage(sheet.bitmap, left, top, width, height, 0, 0, width, height);
  }
}

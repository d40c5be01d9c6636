/** The pin: its picture, large, its code, and the way back. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";
import { shortCode } from "./numbers.js";

/** CSS pixels of its picture, at least and at most. */
const [LEAST, LARGEST] = [112, 400];

export class Pinned {
  #sheet = new Sheet("pin", "Decoded pin");
  #code = element("p", "code");

  /** @param {() => void} reset */
  constructor(reset) {
    const button = element("button", "reset push", { type: "button" }, ["Reset"]);
    button.addEventListener("click", reset);
    const frame = element("div", "frame", {}, [this.#sheet.node]);
    const text = element("div", "about", {}, [element("h2", "title", {}, ["Decoded pin"]), this.#code, button]);
    this.node = element("section", "pinned", { "aria-label": "Pin" }, [frame, text]);
  }

  get canvas() {
    return this.#sheet.canvas;
  }

  /** @param {import("../pieces/cells.js").Image} image @param {import("../pieces/room.js").Size} room @returns {number} CSS pixels of its height */
  lay(image, { width, height }) {
    const side = Math.min(width / 2, LARGEST, Math.max(LEAST, height));
    const scale = fitScale({ width: image.w, height: image.h }, { width: side, height: side }, devicePixelRatio);
    this.#sheet.lay({ image, n: 1, columns: 1, scale });
    return scale * image.h;
  }

  /** @param {number[]} z */
  show(z) {
    setText(this.#code, shortCode(z));
  }

  /** @param {import("../wire/messages.js").Pictures} picture */
  paint(picture) {
    this.#sheet.paint(picture);
  }

  clear() {
    this.#sheet.clear();
  }
}

/** What a matched unit does in one model: its strip of pictures, which is a slider too. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { placeIn } from "../pieces/own_pixels.js";
import { Sheet } from "../pieces/sheet.js";
import { klWords, matchWords } from "./bars.js";

/**
 * @import { Image } from "../pieces/cells.js"
 * @import { Pictures } from "../wire/messages.js"
 * @import { ComparedUnit } from "./data.js"
 */

export class Strip {
  #sheet = new Sheet("strip");
  #here = element("div", "here", { "aria-hidden": "true" });
  #words = element("p", "strip-words");
  #n = 1;
  #span = 1;
  #t = 0;
  #held = false;

  /** @param {(t: number) => void} move */
  constructor(move) {
    this.#sheet.node.append(this.#here);
    this.root = element("div", "matched", {}, [this.#words, this.#sheet.node]);
    const { node } = this.#sheet;
    node.addEventListener("pointerdown", (event) => {
      node.setPointerCapture(event.pointerId);
      this.#held = true;
      move(this.#under(event));
    });
    node.addEventListener("pointermove", (event) => this.#held && move(this.#under(event)));
    for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (this.#held = false));
  }

  /** @param {ComparedUnit} unit @param {number} span @param {number} n pictures */
  describe(unit, span, n) {
    [this.#n, this.#span] = [n, span];
    const found = unit.unit !== null;
    const kinds = [unit.words, klWords(unit), matchWords(unit), unit.idle ? "collapsed" : ""].filter(Boolean);
    setText(this.#words, found ? kinds.join(" · ") : `Not matched: ${unit.words}.`);
    this.#sheet.label = `Traversal of ${unit.words}`;
    this.root.classList.toggle("idle", unit.idle);
    this.root.classList.toggle("absent", !found);
    if (!found) this.#sheet.clear();
  }

  /** @param {Image} image @param {number} width CSS px */
  lay(image, width) {
    const scale = fitScale({ width: this.#n * image.w, height: image.h }, { width, height: 72 }, devicePixelRatio);
    this.#sheet.lay({ image, n: this.#n, columns: this.#n, scale });
    this.show(this.#t);
  }

  /** @param {number} t */
  show(t) {
    this.#t = t;
    const { width } = this.#sheet.box(0);
    this.#here.style.transform = `translateX(${((t / this.#span + 1) / 2) * (this.#n - 1) * width + width / 2}px)`;
  }

  /** @param {Pictures} pictures */
  paint(pictures) {
    this.#sheet.paint(pictures);
  }

  /** @param {PointerEvent} event @returns {number} the place of the slider there */
  #under(event) {
    const [x] = placeIn(this.#sheet.canvas, event);
    const { width } = this.#sheet.box(0);
    const share = (x - width / 2) / Math.max(1, (this.#n - 1) * width);
    return this.#span * (2 * Math.min(1, Math.max(0, share)) - 1);
  }
}

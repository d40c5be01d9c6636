/** One picture under its name: what it is now, or one sentence why it is not there. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";

/**
 * @import { Image } from "../pieces/cells.js"
 * @import { Pictures } from "../wire/messages.js"
 */

export class Frame {
  #sheet;
  #name = element("figcaption", "frame-name");
  #note = element("p", "frame-note");
  #image = { c: 1, h: 1, w: 1 };
  /** CSS px. */
  #side = 0;

  /** @param {string} className @param {string} name with soft hyphens where a narrow column may break it */
  constructor(className, name) {
    this.#sheet = new Sheet(className, name.replaceAll("\u00ad", ""));
    this.#sheet.node.append(this.#note);
    setText(this.#name, name);
    this.root = element("figure", `frame ${className}-frame`, {}, [this.#sheet.node, this.#name]);
  }

  get canvas() {
    return this.#sheet.canvas;
  }

  /** @param {Image} image @param {number} side CSS px */
  lay(image, side) {
    this.#image = image;
    this.#side = side;
    this.root.style.width = `${side}px`;
    this.#lay(image);
  }

  /** @param {string} name */
  call(name) {
    setText(this.#name, name);
    this.#sheet.label = name;
  }

  /** @param {Pictures} picture */
  paint(picture) {
    setText(this.#note, "");
    if (picture.header.c !== this.#sheet.layout?.image.c) this.#lay({ ...this.#image, c: picture.header.c });
    this.#sheet.paint(picture);
  }

  /** @param {string} note in few words, why there is no picture @param {string} [why] in a sentence */
  clear(note, why = "") {
    setText(this.#note, note);
    this.#note.title = why;
    this.#sheet.clear();
  }

  /** @param {Image} image as it is painted */
  #lay(image) {
    const side = this.#side;
    const scale = fitScale({ width: image.w, height: image.h }, { width: side, height: side }, devicePixelRatio);
    this.#sheet.lay({ image, n: 1, columns: 1, scale });
  }
}

/** The film strip: every frame of the path, wrapped into rows, the one nearest to t outlined. */

import { element } from "../pieces/element.js";
import { evenColumns, fitScale } from "../pieces/cells.js";
import { placeBox, Sheet } from "../pieces/sheet.js";

const LARGEST_FRAME = 64;
const GAP = 1;

export class Film {
  #sheet = new Sheet("frames");
  #here = element("div", "here", { "aria-hidden": "true" });

  /** @param {(frame: number) => void} pick */
  constructor(pick) {
    this.#sheet.node.append(this.#here);
    this.#sheet.node.addEventListener("click", (event) => {
      const frame = this.#sheet.cellOf(event);
      if (frame !== null) pick(frame);
    });
    this.node = element("section", "film", { "aria-label": "Film strip" }, [this.#sheet.node]);
  }

  /** @param {import("../pieces/cells.js").Image} image @param {number} n frames @param {number} room CSS pixels */
  lay(image, n, room) {
    const largest = { width: Math.min(LARGEST_FRAME, room), height: LARGEST_FRAME };
    const scale = fitScale({ width: image.w, height: image.h }, largest, devicePixelRatio);
    const most = Math.floor((room / scale + GAP) / (image.w + GAP));
    this.#sheet.lay({ image, n, columns: evenColumns(n, most), gap: GAP, scale });
    this.#sheet.label = `${n} frames from A to B`;
  }

  /** @param {import("../wire/messages.js").Pictures} picture */
  paint(picture) {
    this.#sheet.paint(picture);
  }

  clear() {
    this.#sheet.clear();
  }

  /** @param {number} frame to outline */
  mark(frame) {
    placeBox(this.#here, this.#sheet.box(frame));
  }
}

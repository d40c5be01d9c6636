/** The film strip: every frame of the path, wrapped into rows, the one nearest to t outlined. */

import { element } from "../pieces/element.js";
import { evenColumns, fitScale, pixelSize } from "../pieces/cells.js";
import { placeBox, Sheet } from "../pieces/sheet.js";

/** Part of the room's height that a frame takes, and CSS pixels that it is at least and at most. */
const SHARE = 0.1;
const [LEAST_FRAME, LARGEST_FRAME] = [48, 112];
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

  /** @param {import("../pieces/cells.js").Image} image @param {number} n frames @param {import("../pieces/room.js").Size} room @returns {number} CSS pixels of its height */
  lay(image, n, { width, height }) {
    const side = Math.min(width, LARGEST_FRAME, Math.max(LEAST_FRAME, SHARE * height));
    const scale = fitScale({ width: image.w, height: image.h }, { width: side, height: side }, devicePixelRatio);
    const most = Math.floor((width / scale + GAP) / (image.w + GAP));
    const layout = { image, n, columns: evenColumns(n, most), gap: GAP };
    this.#sheet.lay({ ...layout, scale });
    this.#sheet.label = `${n} frames from A to B`;
    return scale * pixelSize(layout).height;
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

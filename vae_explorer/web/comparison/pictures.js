/** A row of pictures that stays: reconstructions of the same images, samples of the same eps. */

import { element } from "../pieces/element.js";
import { fitScale, pixelSize } from "../pieces/cells.js";
import { countOf, loadPictures } from "../pieces/picture_source.js";
import { Sheet } from "../pieces/sheet.js";
import { setExplained } from "../pieces/terms.js";

/**
 * @import { Source } from "../pieces/picture_source.js"
 * @import { Status } from "../pieces/status.js"
 * @import { PictureRow } from "./data.js"
 */

const GAP = 1;
/** CSS px of a picture, at most. */
const LARGEST = 96;

export class Pictures {
  #sheet = new Sheet("pictures");
  #caption = element("figcaption", "caption");
  #asked = "";

  /** @param {Status} status */
  constructor(status) {
    this.status = status;
    this.root = element("figure", "picture-row", {}, [this.#sheet.node, this.#caption]);
  }

  /** @param {PictureRow<Source>} row @param {number} width CSS px */
  async show(row, width) {
    const { image, columns, caption, source } = row;
    setExplained(this.#caption, caption);
    this.#sheet.label = caption;
    const layout = { image, n: countOf(source), columns, gap: GAP };
    const most = (LARGEST / image.w) * pixelSize({ ...layout, n: columns }).width;
    this.#sheet.lay({ ...layout, scale: fitScale(pixelSize(layout), { width: Math.min(width, most), height: Infinity }, devicePixelRatio) });
    const asked = JSON.stringify(source);
    if (asked === this.#asked) return;
    this.#asked = asked;
    await this.#load(source, row, asked);
  }

  /** @param {Source} source @param {PictureRow<Source>} row @param {string} asked */
  async #load(source, { image, caption }, asked) {
    try {
      const pictures = await loadPictures(source, image);
      if (asked !== this.#asked || "error" in pictures) return;
      this.status.succeeded(caption);
      this.#sheet.paint(pictures);
    } catch (error) {
      this.#asked = "";
      this.status.failed(caption, error instanceof Error ? error : new Error(String(error)));
    }
  }
}

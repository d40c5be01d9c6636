/** One end of the path: the data point as it was, and as the model gives it back. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";
import { explained, setExplained } from "../pieces/terms.js";
import { loadOriginal } from "../pieces/points.js";

/**
 * @typedef {import("../wire/messages.js").Pictures} Pictures
 * @typedef {import("./data.js").Originals} Originals
 */

export class Anchor {
  #asked = "";
  #original = new Sheet("original");
  #reconstruction = new Sheet("reconstruction");
  #note = element("p", "note");
  #label = element("p", "about");
  #decoded = element("figcaption", "caption");

  /** @param {string} name "A" or "B" */
  constructor(name) {
    this.name = name;
    const heading = element("h2", "title", {}, [name]);
    const original = element("div", "frame", {}, [this.#original.node, this.#note]);
    this.node = element("section", `anchor anchor-${name.toLowerCase()}`, { "aria-label": `Anchor ${name}` }, [
      element("div", "heading", {}, [heading, this.#label]),
      element("figure", "end", {}, [original, explained("figcaption", "caption", "Original")]),
      element("figure", "end", {}, [
        element("div", "frame", {}, [this.#reconstruction.node]),
        this.#decoded,
      ]),
    ]);
  }

  /**
   * @param {import("./data.js").End} end
   * @param {{dataset: Originals, decoded: string}} data `decoded` says what the second picture is
   */
  show({ index, label }, { dataset, decoded }) {
    setText(this.#label, label);
    this.#original.label = `Original of ${this.name}`;
    this.#reconstruction.label = `${decoded}: ${this.name}`;
    setExplained(this.#decoded, decoded);
    this.#ask(index, dataset);
  }

  /** @param {import("../pieces/cells.js").Image} image @param {number} side CSS pixels of each picture */
  lay(image, side) {
    const scale = fitScale({ width: image.w, height: image.h }, { width: side, height: side }, devicePixelRatio);
    for (const sheet of [this.#original, this.#reconstruction]) sheet.lay({ image, n: 1, columns: 1, scale });
  }

  /** @param {Pictures} picture */
  paint(picture) {
    this.#reconstruction.paint(picture);
  }

  clear() {
    this.#reconstruction.clear();
  }

  /** @param {number} index @param {Originals} originals */
  async #ask(index, { name, split, available, note }) {
    const asked = JSON.stringify([name, split, index, available, note]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (!available) return this.#absent(note);
    const original = await loadOriginal(name, split, index);
    if (asked !== this.#asked) return;
    if ("error" in original) this.#absent(original.error);
    else this.#present(original);
  }

  /** @param {string} sentence why there is none */
  #absent(sentence) {
    this.#original.node.hidden = true;
    setText(this.#note, sentence);
  }

  /** @param {Pictures} original */
  #present(original) {
    this.#original.node.hidden = false;
    setText(this.#note, "");
    this.#original.paint(original);
  }
}

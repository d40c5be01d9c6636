/** What all columns share: the image, the unit and its slider, and what reconstructions are compared with. */

import { element, setText } from "../pieces/element.js";
import { cellBox, fitScale } from "../pieces/cells.js";
import { countOf, loadPictures } from "../pieces/picture_source.js";
import { placeBox, Sheet } from "../pieces/sheet.js";
import { minus } from "../pieces/ticks.js";
import { SCALE } from "./difference.js";
import { Frame } from "./frame.js";

/**
 * @import { Status } from "../pieces/status.js"
 * @import { Pictures } from "../wire/messages.js"
 * @import { ComparisonData, Difference } from "./data.js"
 */
/** @typedef {{image: (index: number) => void, row: (row: number) => void, move: (t: number) => void, differ: (difference: Difference) => void, clear: () => void}} Acts */

/** CSS px of the chosen original, and of an example of a class. */
const [SIDE, SMALL] = [88, 40];
/** Where the data set is not here. */
export const NO_ORIGINAL = "no original here";
const HINT = "Draw around points of any map to select the same images in all.";
/** @type {Record<Difference, string>} */
const DIFFERENCES = { image: "image − reconstruction", first: "reconstruction − the first model’s" };
/** @type {Record<Difference, [string, string]>} what the two ends of the scale mean */
const ENDS = { image: ["too bright", "too dark"], first: ["darker than the first", "brighter than the first"] };

export class Controls {
  #original = new Frame("original", "Original");
  #examples = new Sheet("examples", "One image of each class");
  /** @type {HTMLButtonElement[]} */
  #buttons = [];
  #unit = element("select", "choice");
  #slider = element("input", "slider", { type: "range", step: "0.01", "aria-label": "Place of the matched unit" });
  #value = element("output", "value");
  #difference = element("select", "choice");
  #ends = [element("span", ""), element("span", "")];
  #scale = element("span", "scale", { "aria-hidden": "true" });
  #selected = element("span", "selected");
  #clear = element("button", "push", { type: "button" }, ["Clear selection"]);
  #hand = element("p", "hand-words");
  #asked = "";
  #named = element("span", "name", {}, ["Image"]);

  /** @param {Acts} acts @param {Status} status */
  constructor(acts, status) {
    this.status = status;
    this.acts = acts;
    this.#scale.style.background = SCALE;
    const legend = element("span", "legend", {}, ["−1", this.#scale, "+1"]);
    for (const [value, words] of Object.entries(DIFFERENCES)) this.#difference.append(element("option", "", { value }, [words]));
    const image = element("div", "shared-image", {}, [this.#original.root, element("div", "named", {}, [this.#named, this.#examples.node])]);
    const unit = element("div", "shared-unit", {}, [label("Unit of the first model", this.#unit), element("div", "slide", {}, [this.#slider, this.#value])]);
    const compared = element("div", "shared-difference", {}, [
      label("Difference", this.#difference),
      element("p", "ends", {}, [this.#ends[0], legend, this.#ends[1]]),
    ]);
    const selection = element("p", "selection", {}, [this.#selected, this.#clear]);
    this.root = element("div", "shared", {}, [image, unit, compared]);
    this.below = element("div", "beneath", {}, [this.#hand, selection]);
    this.select(null);
    this.#listen(acts);
  }

  /** @param {ComparisonData} data */
  show(data) {
    this.#original.lay(data.image, SIDE);
    this.#unit.replaceChildren(...data.units.map(({ title }, row) => element("option", "", { value: String(row) }, [title])));
    Object.assign(this.#slider, { min: String(-data.span), max: String(data.span) });
    this.#examine(data).then(
      () => this.status.succeeded("examples"),
      (error) => {
        this.#asked = "";
        this.status.failed("examples", error);
      },
    );
  }

  /** @param {number} row @param {number} t @param {Difference} difference */
  set(row, t, difference) {
    this.#unit.value = String(row);
    if (Number(this.#slider.value) !== t) this.#slider.value = String(t);
    setText(this.#value, minus(`${t.toFixed(2)} σ`));
    this.#slider.setAttribute("aria-valuetext", `${t.toFixed(2)} standard deviations`);
    this.#difference.value = difference;
    ENDS[difference].forEach((words, end) => setText(this.#ends[end], words));
  }

  /** @param {Pictures|{error: string}} found @param {string} name */
  original(found, name) {
    this.#original.call(name);
    if ("error" in found) this.#original.clear(NO_ORIGINAL, found.error);
    else this.#original.paint(found);
  }

  /** @param {string} words about what is under the hand */
  say(words) {
    setText(this.#hand, words);
  }

  /** @param {number|null} count of selected images; null: nothing is selected */
  select(count) {
    setText(this.#selected, count === null ? HINT : `${count.toLocaleString("en")} ${count === 1 ? "image" : "images"} selected`);
    this.#clear.hidden = count === null;
  }

  /** @param {Acts} acts */
  #listen(acts) {
    this.#unit.addEventListener("change", () => acts.row(Number(this.#unit.value)));
    this.#slider.addEventListener("input", () => acts.move(Number(this.#slider.value)));
    this.#slider.addEventListener("dblclick", () => acts.move(0));
    this.#difference.addEventListener("change", () => acts.differ(/** @type {Difference} */ (this.#difference.value)));
    this.#clear.addEventListener("click", () => acts.clear());
  }

  /** Examples of the classes, to be chosen with a click. @param {ComparisonData} data */
  async #examine({ originals: { source, image }, models: [first] }) {
    const asked = JSON.stringify(source);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const n = countOf(source);
    const layout = { image, n, columns: n, gap: 1, scale: fitScale({ width: image.w, height: image.h }, { width: SMALL, height: SMALL }, devicePixelRatio) };
    this.#examples.lay(layout);
    for (const button of this.#buttons) button.remove();
    this.#buttons = source.indices.map((index, place) => this.#button(index, cellBox(layout, place)));
    this.#examples.node.append(...this.#buttons);
    const here = await loadPictures(source, image);
    const found = "error" in here ? await loadPictures(first.pictures[0].source, image) : here;
    if (asked !== this.#asked || "error" in found) return;
    setText(this.#named, "error" in here ? "Image, as the first model draws it" : "Image");
    this.#examples.paint(found);
  }

  /** @param {number} index @param {{left: number, top: number, width: number, height: number}} box CSS px */
  #button(index, box) {
    const words = `Choose image ${index}`;
    const button = element("button", "pick", { type: "button", "aria-label": words, title: words });
    placeBox(button, box);
    button.addEventListener("click", () => this.acts.image(index));
    return button;
  }
}

/** @param {string} name @param {HTMLElement} control */
const label = (name, control) => element("label", "named", {}, [element("span", "name", {}, [name]), control]);

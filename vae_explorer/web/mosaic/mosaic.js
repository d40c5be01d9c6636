/** The picture mosaic: codes or originals in one crisp sheet with a caption, and lines of text beneath a row of pictures. */

import { Latest } from "../wire/live.js";
import { element, setText } from "../pieces/element.js";
import { evenColumns, fitScale, pixelSize } from "../pieces/cells.js";
import { hearBeta } from "../pieces/shared_beta.js";
import { hearUnit } from "../pieces/shared_unit.js";
import { placeBox, Sheet } from "../pieces/sheet.js";
import { countOf, loadPictures } from "../pieces/picture_source.js";
import { Status } from "../pieces/status.js";
import { setExplained } from "../pieces/terms.js";
import { Outbox } from "../wire/outbox.js";
import { walkOf } from "./walk.js";

const GAP = 1;
/** CSS pixels below which a picture says nothing: more rows then, or, beneath labels, a row that scrolls. */
const LEAST = 36;
const LEAST_LABELLED = 64;
/** CSS pixels of a picture's longer side: at most, and where a single row is better than several. */
const LARGEST = 128;
const WORTH_A_ROW = 84;

/**
 * @typedef {import("../pieces/picture_source.js").Source} Source
 * @typedef {import("../wire/messages.js").Pictures} Pictures
 * @typedef {{image: import("../pieces/cells.js").Image, columns: number, caption: string, source: Source, labels: string[][], choices: number[],
 *   walks: import("./walk.js").Walks|null}} Data
 *   as `ui/components/mosaic.py` hands it over; labels are the lines beneath each picture, of which there is one row;
 *   choices are the images that a click on the pictures chooses, if any; walks tell what to show of other units
 * @typedef {{source: Source, image: import("../pieces/cells.js").Image, asked: string}} Request `asked` names the rest
 */

export class Mosaic {
  /** @type {Data|null} */
  #data = null;
  #asked = "";
  /** What was shown ahead of the page is no news when the page tells it, and what it tells before that is late. */
  #ahead = new Outbox(() => {}, 0);
  #sheet = new Sheet("pictures");
  #labels = element("ol", "labels");
  #labelled = "";
  /** @type {HTMLButtonElement[]} */
  #buttons = [];
  #send;
  #note = element("p", "note");
  #caption = element("figcaption", "caption");
  #status = new Status(() => this.#ask());
  #latest = new Latest(
    (/** @type {Request} */ { source, image }) => loadPictures(source, image),
    (pictures, request) => this.#show(pictures, request),
    (error) => this.#status.failed("pictures", error),
  );

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.#send = send;
    this.#sheet.node.append(this.#note);
    root.append(element("figure", "mosaic", {}, [this.#sheet.node, this.#labels, this.#caption]), this.#status.node);
    this.resized = new ResizeObserver(() => this.#data && this.#lay(this.#data));
    this.resized.observe(root);
    this.unhear = hearUnit((unit) => this.#walk(unit));
    this.unhearBeta = hearBeta(() => this.#model, ({ model }) => this.#turn(model));
  }

  /** @param {Data} data */
  update(data) {
    const asked = askedOf(data);
    if (this.#ahead.adopt("asked", asked) || asked === this.#asked) this.#take(data);
  }

  /** What decodes its codes, if there are any. */
  get #model() {
    return this.#data?.source.kind === "codes" ? this.#data.source.model : undefined;
  }

  /** @param {string} model the same network at another β: the same codes, decoded there */
  #turn(model) {
    if (this.#data?.source.kind === "codes") this.#take({ ...this.#data, source: { ...this.#data.source, model } });
  }

  /** @param {number} unit that was chosen elsewhere on the page */
  #walk(unit) {
    const data = this.#data && walkOf(this.#data, unit);
    if (!data) return;
    this.#ahead.put("asked", askedOf(data));
    this.#ahead.flush();
    this.#take(data);
  }

  /** @param {Data} data */
  #take(data) {
    this.#data = data;
    setExplained(this.#caption, data.caption);
    this.#sheet.label = data.caption || `${countOf(data.source)} pictures`;
    this.#label(data);
    this.#lay(data);
    const asked = askedOf(data);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#ask();
  }

  close() {
    this.unhear();
    this.unhearBeta();
    this.#ahead.close();
    this.resized.disconnect();
    this.#status.close();
  }

  /** @param {Data} data */
  #label({ labels, choices }) {
    const text = JSON.stringify([labels, choices]);
    if (text === this.#labelled) return;
    this.#labelled = text;
    /** @param {string[]} label */
    const lines = (label) => label.map((line) => element("span", "", {}, [line]));
    this.#labels.replaceChildren(...labels.map((label) => element("li", "", {}, lines(label))));
    for (const button of this.#buttons) button.remove();
    this.#buttons = choices.map((index) => this.#button(index));
    this.#sheet.node.append(...this.#buttons);
  }

  /** @param {number} index of the image that it chooses */
  #button(index) {
    const words = `Choose image ${index}`;
    const button = element("button", "pick", { type: "button", "aria-label": words, title: words });
    button.addEventListener("click", () => this.#send("point", index));
    return button;
  }

  /** @param {Data} data */
  #lay({ image, source, labels, columns: wanted }) {
    const [room, n, labelled] = [this.root.clientWidth, countOf(source), labels.length > 0];
    if (!room) return;
    const columns = labelled ? wanted : columnsIn(room, n, wanted);
    const layout = { image, n, columns, gap: GAP };
    const largest = (LARGEST / Math.max(image.w, image.h)) * pixelSize({ ...layout, n: columns }).width;
    const scale = fitScale(pixelSize(layout), { width: Math.min(room, largest), height: Infinity }, devicePixelRatio);
    this.#sheet.lay({ ...layout, scale: Math.max(labelled ? LEAST_LABELLED / image.w : 0, scale) });
    this.#buttons.forEach((button, place) => placeBox(button, this.#sheet.box(place)));
    this.#labels.style.width = this.#sheet.node.style.width;
  }

  #ask() {
    if (!this.#data) return;
    const { source, image } = this.#data;
    this.#latest.push({ source, image, asked: this.#asked });
  }

  /** @param {Pictures|{error: string}} pictures @param {Request} request */
  #show(pictures, { asked }) {
    if (asked !== this.#asked) return;
    const absent = "error" in pictures;
    this.#status.succeeded("pictures");
    setText(this.#note, absent ? pictures.error : "");
    this.#sheet.node.classList.toggle("absent", absent);
    if (absent) this.#sheet.clear();
    else this.#sheet.paint(pictures);
  }
}

/** @param {Data} data @returns {string} what its pictures are */
const askedOf = ({ source, image }) => JSON.stringify([source, image]);

/** @param {number} room CSS px @param {number} n pictures @param {number} wanted columns @returns {number} all in a row or as many as are wanted, where there is room */
function columnsIn(room, n, wanted) {
  if (room >= n * WORTH_A_ROW) return n;
  const most = Math.floor(room / LEAST);
  return wanted <= most ? wanted : evenColumns(n, most);
}

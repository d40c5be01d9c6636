/** The card beside the map: the decoded picture and what there is to say about it. Every line has its room, nothing jumps. */

import { paintMosaic } from "../pieces/pictures.js";
import { element, setText } from "../pieces/element.js";
import { placeIn } from "../pieces/own_pixels.js";
import { explained, setExplained } from "../pieces/terms.js";
import { unitWords } from "../pieces/units.js";
import { showFactors } from "./factors.js";
import { drawMoments, moments, momentText, unitAt } from "./moments.js";
import { onPlane } from "./requests.js";
import { coarse, distanceText, zText } from "./words.js";

/**
 * @import { DataPoint, Pictures, Reply } from "../wire/messages.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { UnitNames } from "../pieces/units.js"
 * @import { Caption } from "./caption.js"
 */
/** @typedef {Pictures|{error: string}} Original the image of a data point, or one sentence why it is not to be seen */

const NO_SELECTION = coarse() ? "Choose box or lasso to select points." : "Shift and drag to select points. By keyboard: arrows move, Enter chooses, S begins a box.";

/** @param {string} name @param {string} label @param {string} caption */
function picture(name, label, caption) {
  const canvas = element("canvas", `map-picture ${name}`, { role: "img", "aria-label": label });
  const frame = element("div", "map-frame", {}, [canvas]);
  return { canvas, frame, figure: element("figure", "map-figure", {}, [frame, explained("figcaption", "", caption)]) };
}

export class Card {
  /** @type {DataPoint|null} */
  #point = null;
  #awaitsZ = false;
  /** @type {Original|null|undefined} */
  #original = undefined;
  /** @type {Theme|null} */
  #theme = null;
  /** @type {UnitNames} */
  #names = {};

  constructor() {
    this.heading = element("h2", "map-card-heading");
    this.note = element("p", "map-card-note");
    this.factors = element("p", "map-card-factors");
    this.z = element("p", "map-card-z");
    this.distance = element("p", "map-card-distance");
    this.picture = element("canvas", "map-picture map-decoded", { role: "img", "aria-label": "Decoded picture" });
    this.pictureFrame = element("div", "map-frame", {}, [this.picture]);
    this.original = picture("map-original", "Original image", "Original");
    this.reconstruction = picture("map-reconstruction", "Reconstruction", "Reconstruction of mu");
    this.missing = element("p", "map-missing");
    this.original.frame.append(this.missing);
    this.moments = element("canvas", "map-moments", { role: "img" });
    this.momentsFrame = element("div", "map-moments-frame", { role: "group", "aria-label": "Moments of every unit" }, [this.moments]);
    this.spread = element("span", "");
    this.selection = element("p", "map-card-selection");
    this.status = element("p", "map-card-status", { "aria-live": "polite" });
    this.moments.addEventListener("pointermove", (event) => this.#nameRow(placeIn(this.moments, event)[1]));
    this.root = this.#assemble();
    this.setSelection("");
  }

  /** @param {Pick<Caption, "mode"|"heading"|"note"|"factors"|"z">} caption */
  describe({ mode, heading, note, factors, z }) {
    this.root.dataset.mode = mode;
    setExplained(this.heading, heading);
    setExplained(this.note, note);
    showFactors(this.factors, factors);
    this.factors.style.setProperty("--lines", String(Math.ceil(factors.length / 2)));
    this.#awaitsZ = z === null;
    if (z) setExplained(this.z, zText(z));
  }

  /** The picture that is decoded now. */
  get shown() {
    return this.root.dataset.mode === "point" ? this.reconstruction.canvas : this.picture;
  }

  /** @param {Reply} reply @param {Pick<Caption, "mode"|"request">} wanted */
  paint({ header, bytes }, { mode, request }) {
    const canvas = mode === "point" ? this.reconstruction.canvas : this.picture;
    const z = zText((header.z ?? request.z ?? [])[0]);
    paintMosaic(canvas, header, bytes);
    canvas.dataset.z = z;
    if (mode === "point") return;
    if (this.#awaitsZ) setExplained(this.z, z);
    this.#tellDistance(header, onPlane(request) ? "z" : "place");
  }

  /**
   * @param {DataPoint} point @param {Original|null} original null: on its way
   */
  showPoint(point, original) {
    if (original !== this.#original) this.#showOriginal(original);
    if (point === this.#point) return;
    this.#point = point;
    setExplained(this.spread, point.logvar ? "mu ± σ" : "mu");
    this.#listMoments();
  }

  /** What the model's units are called. @param {UnitNames} names */
  call(names) {
    if (JSON.stringify(names) === JSON.stringify(this.#names)) return;
    this.#names = names;
    this.#listMoments();
  }

  /** Draw what is drawn with the theme's colours. @param {Theme} theme */
  redraw(theme) {
    this.#theme = theme;
    if (!this.#point || this.root.hidden) return;
    const box = { width: this.momentsFrame.clientWidth, room: this.momentsFrame.clientHeight, dpr: window.devicePixelRatio || 1 };
    drawMoments(this.moments, moments(this.#point.mu, this.#point.logvar), this.#names, box, theme);
    this.momentsFrame.tabIndex = this.momentsFrame.scrollHeight > this.momentsFrame.clientHeight ? 0 : -1; // else keys could not scroll it
  }

  /** @param {string} text "" when nothing is selected */
  setSelection(text) {
    setText(this.selection, text || NO_SELECTION);
    this.selection.title = text;
    this.selection.dataset.empty = String(!text);
  }

  /** @param {string} text */
  setStatus(text) {
    setText(this.status, text);
  }

  #listMoments() {
    if (!this.#point) return;
    const rows = moments(this.#point.mu, this.#point.logvar);
    const said = rows.map((row, unit) => `${unitWords(unit, this.#names)}: ${momentText(row)}`);
    this.moments.setAttribute("aria-label", said.join("; "));
    if (this.#theme) this.redraw(this.#theme);
  }

  /** The whole name of the unit under the pointer. @param {number} y CSS px from the top of all rows */
  #nameRow(y) {
    if (!this.#point) return;
    const unit = unitAt(y, this.#point.mu.length, this.moments.clientHeight);
    this.moments.title = this.#names[unit] ? unitWords(unit, this.#names) : "";
  }

  /** @param {Reply["header"]} header @param {"z"|"place"} what is how far from the data */
  #tellDistance({ distance: [distance] = [], times: [times] = [] }, what) {
    setExplained(this.distance, distance === undefined ? "" : distanceText(distance, times, what));
    this.pictureFrame.dataset.guess = String(distance > 1);
  }

  /** @param {Original|null} original */
  #showOriginal(original) {
    this.#original = original;
    const there = original && "bytes" in original ? original : null;
    if (there) paintMosaic(this.original.canvas, there.header, there.bytes);
    this.original.canvas.style.display = there ? "" : "none";
    setText(this.missing, original && "error" in original ? original.error : "");
  }

  #assemble() {
    const single = element("div", "map-single", {}, [this.pictureFrame, this.z, this.distance]);
    const pictures = element("div", "map-pictures", {}, [this.original.figure, this.reconstruction.figure]);
    const caption = element("p", "map-moments-caption", {}, [explained("span", "", "unit"), this.spread]);
    const pair = element("div", "map-pair", {}, [pictures, caption, this.momentsFrame]);
    const body = element("div", "map-card-body", {}, [single, pair]);
    const foot = element("div", "map-card-foot", {}, [this.selection, this.status]);
    const parts = [this.heading, this.note, this.factors, body, foot];
    return element("section", "map-card", { "aria-label": "Decoded picture", "data-mode": "pin" }, parts);
  }
}

/** The picture at t, large, with the slider that moves it. */

import { element, setText } from "../pieces/element.js";
import { fitScale } from "../pieces/cells.js";
import { Sheet } from "../pieces/sheet.js";
import { stepOf } from "./path.js";

const RANGE = { type: "range", min: "0", max: "1", "aria-label": "t, from A to B" };
const ENDS = ["change", "pointerup", "pointercancel"];

export class Stage {
  #sheet = new Sheet("now", "Picture at t");
  #readout = element("output", "readout");
  #play = element("button", "play push", { type: "button" }, ["Play"]);
  #slider = element("input", "slider", RANGE);
  controls = element("div", "controls", {}, [this.#readout, this.#play]);

  /** @param {{move: (t: number) => void, hold: (held: boolean) => void, play: () => void}} hand */
  constructor(hand) {
    const track = element("div", "track", {}, [mark("A"), this.#slider, mark("B")]);
    const frame = element("div", "frame", {}, [this.#sheet.node]);
    this.node = element("section", "stage", { "aria-label": "Between A and B" }, [frame, track, this.controls]);
    this.#slider.addEventListener("input", () => hand.move(Number(this.#slider.value)));
    this.#slider.addEventListener("pointerdown", () => hand.hold(true));
    for (const end of ENDS) this.#slider.addEventListener(end, () => hand.hold(false));
    this.#play.addEventListener("click", () => hand.play());
  }

  get canvas() {
    return this.#sheet.canvas;
  }

  /** @param {number} points of the path */
  set points(points) {
    this.#slider.step = String(stepOf(points));
  }

  /** @param {import("../pieces/cells.js").Image} image @param {number} side CSS pixels of the picture */
  lay(image, side) {
    const scale = fitScale({ width: image.w, height: image.h }, { width: side, height: side }, devicePixelRatio);
    this.#sheet.lay({ image, n: 1, columns: 1, scale });
  }

  /** @param {number} t */
  show(t) {
    this.#slider.value = String(t);
    this.#slider.setAttribute("aria-valuetext", t.toFixed(2));
    setText(this.#readout, `t = ${t.toFixed(2)}`);
  }

  /** @param {boolean} on */
  set playing(on) {
    setText(this.#play, on ? "Pause" : "Play");
  }

  /** @param {import("../wire/messages.js").Pictures} picture */
  paint(picture) {
    this.#sheet.paint(picture);
  }

  clear() {
    this.#sheet.clear();
  }
}

/** @param {string} name of an end */
const mark = (name) => element("span", "mark", { "aria-hidden": "true" }, [name]);

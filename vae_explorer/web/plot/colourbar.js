/** The legend of colour by value: the ramp with both its ends and its unit. */

import { element, setText } from "../pieces/element.js";
import { hex } from "./palette.js";
import { setExplained } from "../pieces/terms.js";
import { endLabels } from "./value_bar.js";

/** @import { ValueRange } from "./palette.js" */

export class ColourBar {
  constructor() {
    this.name = element("div", "map-bar-name");
    this.ramp = element("div", "map-bar-ramp");
    this.low = element("span", "map-bar-low");
    this.high = element("span", "map-bar-high");
    const ends = element("div", "map-bar-ends", {}, [this.low, this.high]);
    this.root = element("div", "map-bar", {}, [this.name, this.ramp, ends]);
    this.hide();
  }

  hide() {
    this.root.hidden = true;
  }

  /** @param {string} label with its unit @param {ValueRange} range @param {Uint32Array} ramp */
  show(label, range, ramp) {
    const [low, high] = endLabels(range);
    const stops = Array.from({ length: 17 }, (_, i) => hex(ramp[Math.min(255, 16 * i)]));
    setExplained(this.name, label);
    setText(this.low, low);
    setText(this.high, high);
    this.ramp.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    this.root.hidden = false;
  }
}

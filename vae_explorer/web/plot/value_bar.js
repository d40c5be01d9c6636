/** The ramp of colour by value as a block of a saved picture, and how its ends are written. */

import { filled, stacked, text, TEXT_PX } from "../pieces/blocks.js";
import { minus } from "../pieces/ticks.js";
import { hex } from "./palette.js";

/**
 * @import { Block } from "../pieces/blocks.js"
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { ValueRange } from "./palette.js"
 */

const BAR = { width: 280, height: 12 };
const SHADES = 64;

/** @param {number} value @returns {string} three digits that matter */
const short = (value) => minus(Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3))));

/** @param {ValueRange} range @returns {[string, string]} the ends of a range; ≤ and ≥ where values lie beyond it */
export const endLabels = ({ low, high, below, above }) => [`${below ? "≤ " : ""}${short(low)}`, `${above ? "≥ " : ""}${short(high)}`];

/** @param {string} label @param {{range: ValueRange, ramp: Uint32Array}} scale @param {Theme} theme @returns {Block} the ramp with its ends and its middle */
export function bar(label, { range, ramp }, theme) {
  const [low, high] = endLabels(range);
  /** Each shade reaches to the end, so that no seam is seen between two. @param {Pen} pen */
  const shades = (pen) => {
    for (let i = 0; i < SHADES; i++) {
      const left = (BAR.width * i) / SHADES;
      filled(pen, hex(ramp[Math.round((i * (ramp.length - 1)) / (SHADES - 1))]), left, 0, BAR.width - left, BAR.height);
    }
  };
  /** @param {Pen} pen */
  const numbers = (pen) => {
    Object.assign(pen, { font: `${TEXT_PX}px ${theme.font}`, fillStyle: theme.text, textBaseline: "top" });
    const places = [["left", low, 0], ["center", short((range.low + range.high) / 2), BAR.width / 2], ["right", high, BAR.width]];
    for (const [textAlign, number, x] of places) {
      Object.assign(pen, { textAlign });
      pen.fillText(String(number), Number(x), 0);
    }
  };
  return stacked([text(label, BAR.width, theme), { ...BAR, draw: shades }, { width: BAR.width, height: TEXT_PX, draw: numbers }], 4);
}

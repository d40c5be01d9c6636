/** The map as a picture to take along: all that is drawn on it, with the legend and a caption beneath. */

import { filled, legend, savedBlock, stacked, text, TEXT_PX } from "../pieces/blocks.js";
import { hex } from "../plot/palette.js";
import { plotBlock } from "../plot/plot_block.js";
import { endLabels, short } from "./colourbar.js";

/**
 * @import { Block } from "../pieces/blocks.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { ValueRange } from "../plot/palette.js"
 * @import { Layer } from "../plot/plot_block.js"
 * @import { Size } from "../plot/view.js"
 * @import { PointColours } from "./colours.js"
 * @import { Seen } from "./painter.js"
 */
/** @typedef {{size: Size, colours: PointColours, layers: Layer[], notes: string[]}} Drawn the map on the page; notes: sentences on what it shows */

const GAP = 12;
const BAR = { width: 280, height: 12 };
const SHADES = 64;

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

/** @param {Seen} seen @param {Drawn} drawn @param {number} width @param {Theme} theme @returns {Block} the visible categories, or the values along the ramp */
function legendOf({ data: { colour, legend: categories }, filter }, { colours: { scale } }, width, theme) {
  if (scale && colour.kind === "value") return bar(colour.label, scale, theme);
  const { title, names, colours, note = "" } = categories;
  const entries = names.map((name, id) => ({ name, colour: colours[id] })).filter((_, id) => !filter.hidden.has(id));
  return stacked([entries.length ? legend(title, entries, width, theme) : stacked([]), text(note, width, theme)]);
}

/** @param {Kind} kind @param {Seen} seen @param {Drawn} drawn @param {Theme} theme @returns {Promise<Blob>} */
export function savedMap(kind, seen, drawn, theme) {
  const { data, view } = seen;
  const frame = { view, size: drawn.size, titles: data.axes.map(({ label }) => label), zeros: data.plane.kind !== "map" };
  const plot = plotBlock(frame, drawn.layers, theme);
  const words = [...drawn.notes, data.caption].map((line) => text(line, plot.width, theme));
  return savedBlock(kind, stacked([plot, legendOf(seen, drawn, plot.width, theme), stacked(words)], GAP), theme);
}

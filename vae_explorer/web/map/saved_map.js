/** The map as a picture to take along: all that is drawn on it, with the legend and a caption beneath. */

import { legend, savedBlock, stacked, text } from "../pieces/blocks.js";
import { plotBlock } from "../plot/plot_block.js";
import { bar } from "../plot/value_bar.js";

/**
 * @import { Block } from "../pieces/blocks.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Layer } from "../plot/plot_block.js"
 * @import { Size } from "../plot/view.js"
 * @import { PointColours } from "../plot/point_colours.js"
 * @import { Seen } from "./painter.js"
 */
/** @typedef {{size: Size, colours: PointColours, layers: Layer[], notes: string[]}} Drawn the map on the page; notes: sentences on what it shows */

const GAP = 12;

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

/** What a saved picture is put together from: blocks that know their size and draw themselves from their top left. */

import { element } from "./element.js";
import { pixelSize } from "./cells.js";
import { paintMosaic } from "./pictures.js";
import { measured, savedPicture } from "./saved_picture.js";

/**
 * @import { Pictures } from "../wire/messages.js"
 * @import { Layout } from "./cells.js"
 * @import { Kind } from "./save_menu.js"
 * @import { Pen } from "./svg_context.js"
 * @import { Theme } from "./theme.js"
 */
/**
 * @typedef {{width: number, height: number, draw: (pen: Pen) => void}} Block CSS px
 * @typedef {{name: string, colour: string}} Entry of a legend
 * @typedef {{size?: number, weight?: number, align?: "left"|"center"}} Style of a text, its size in CSS px
 */

const EDGE = 16;
const SWATCH = 10;
const SWATCH_GAP = 6;
const BETWEEN = 16;
export const TEXT_PX = 14;
/** Of a line by its letters. */
const LINE = 1.5;

/**
 * @template Part @param {Part[]} parts @param {(part: Part) => number} width @param {number} room
 * @returns {Part[][]} in lines that keep to the room
 */
export function lines(parts, width, room) {
  /** @type {Part[][]} */
  const found = [];
  let left = 0;
  for (const part of parts) {
    const wide = width(part);
    if (wide > left || !found.length) [left] = [room, found.push([])];
    found[found.length - 1].push(part);
    left -= wide;
  }
  return found;
}

/** @param {Pen} pen @param {Block} block @param {number} x @param {number} y */
function put(pen, block, x, y) {
  pen.save();
  pen.translate(x, y);
  block.draw(pen);
  pen.restore();
}

/** @param {Block[]} blocks @param {number} [gap] px @returns {Block} one beneath the other */
export function stacked(blocks, gap = 0) {
  const tops = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, { height }) => sum + height + gap, 0));
  const width = Math.max(0, ...blocks.map((block) => block.width));
  const height = blocks.length ? tops[blocks.length - 1] + blocks[blocks.length - 1].height : 0;
  return { width, height, draw: (pen) => blocks.forEach((block, i) => put(pen, block, 0, tops[i])) };
}

/** @param {Block[]} blocks @param {number} [gap] px @returns {Block} side by side, their tops level */
export function beside(blocks, gap = 0) {
  const lefts = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, { width }) => sum + width + gap, 0));
  const height = Math.max(0, ...blocks.map((block) => block.height));
  const width = blocks.length ? lefts[blocks.length - 1] + blocks[blocks.length - 1].width : 0;
  return { width, height, draw: (pen) => blocks.forEach((block, i) => put(pen, block, lefts[i], 0)) };
}

/** @param {Block} block @param {number} width px @param {number} height px @returns {Block} in a room that is at least as large */
export const within = (block, width, height) => ({ ...block, width: Math.max(width, block.width), height: Math.max(height, block.height) });

/** @param {string} words @param {number} width px @param {Theme} theme @param {Style} [style] @returns {Block} in as many lines as it takes; none without words */
export function text(words, width, theme, { size = TEXT_PX, weight = 400, align = "left" } = {}) {
  const font = `${weight} ${size}px ${theme.font}`;
  const parts = words ? lines(words.split(" "), (word) => measured(`${word} `, font).width, width) : [];
  const line = LINE * size;
  /** @param {Pen} pen */
  const draw = (pen) => {
    Object.assign(pen, { font, textAlign: align, textBaseline: "middle", fillStyle: theme.text });
    parts.forEach((part, i) => pen.fillText(part.join(" "), align === "center" ? width / 2 : 0, (i + 0.5) * line, width));
  };
  return { width, height: parts.length * line, draw };
}

/** @param {string} title @param {Entry[]} entries @param {number} width px @param {Theme} theme @returns {Block} */
export function legend(title, entries, width, theme) {
  const line = LINE * TEXT_PX;
  /** @param {Entry} entry @returns {Block} */
  const chip = ({ name, colour }) => {
    const wide = Math.ceil(measured(name, `400 ${TEXT_PX}px ${theme.font}`).width) + 1;
    const swatch = { width: SWATCH, height: line, draw: (/** @type {Pen} */ pen) => filled(pen, colour, 0, (line - SWATCH) / 2, SWATCH, SWATCH) };
    return beside([swatch, text(name, wide, theme)], SWATCH_GAP);
  };
  const rows = lines(entries.map(chip), (block) => block.width + BETWEEN, width + BETWEEN);
  return stacked([text(title, width, theme), ...rows.map((row) => beside(row, BETWEEN))], 0);
}

/** @param {Pen} pen @param {string} colour @param {number} x @param {number} y @param {number} width @param {number} height */
export function filled(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

/** @param {Pictures} pictures as many as the layout says @param {Layout} layout @returns {Block} every pixel a crisp square */
export function sheet({ header, bytes }, layout) {
  const { columns, gap = 0, scale = 1 } = layout;
  const [width, height] = [pixelSize(layout).width * scale, pixelSize(layout).height * scale];
  const canvas = element("canvas", "");
  paintMosaic(canvas, header, bytes, { columns, gap });
  /** @param {Pen} pen */
  const draw = (pen) => {
    pen.imageSmoothingEnabled = false;
    pen.drawImage(canvas, 0, 0, width, height);
  };
  return { width, height, draw };
}

/** @param {Kind} kind @param {Block} block @param {Theme} theme @returns {Promise<Blob>} on the page's colour, with an edge */
export function savedBlock(kind, block, theme) {
  const size = { width: Math.ceil(block.width) + 2 * EDGE, height: Math.ceil(block.height) + 2 * EDGE };
  return savedPicture(kind, size, (pen) => {
    filled(pen, theme.background, 0, 0, size.width, size.height);
    put(pen, block, EDGE, EDGE);
  });
}

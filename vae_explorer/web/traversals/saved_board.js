/** The grid and the strips as pictures to take along, decoded anew around the pin. */

import { beside, savedBlock, sheet, stacked, text, within } from "../pieces/blocks.js";
import { pixelSize, wholeScale } from "../pieces/cells.js";
import { decoded } from "../pieces/picture_source.js";
import { decimal } from "../pieces/ticks.js";
import { unitWords } from "../pieces/units.js";
import { drawAxisTitles, margins } from "../plot/axes.js";
import { stripCodes } from "../pieces/walks.js";
import { gridCodes } from "./codes.js";
import { axisTicks, shortCode, unitNote } from "./numbers.js";

/**
 * @import { Pictures } from "../wire/messages.js"
 * @import { Block } from "../pieces/blocks.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { BoardData, LabelledPlane, Unit } from "./data.js"
 */
/** @typedef {{data: BoardData, pin: number[], theme: Theme}} Shown on the page now */

/** CSS pixels: the grid's side, about, and a strip's picture, at least. */
const GRID_SIDE = 900;
const STRIP_PICTURE = 96;
const TICK_PX = 12;
const TICK_ROOM = 64;
const LABEL = 132;
const GAP = 16;

/** @param {Shown} shown @returns {string} what is said of the units that are not walked through */
const elsewhere = ({ pin }) => `Other units are held at the pin: ${shortCode(pin)}.`;

/**
 * @param {Shown} shown @param {Block} picture @param {string} [note]
 * @returns {Block} above its caption
 */
function captioned({ data, theme }, picture, note = "") {
  const words = [note, data.caption].map((line) => text(line, picture.width, theme));
  return stacked([picture, stacked(words)], GAP);
}

/** @param {Pen} pen @param {LabelledPlane} plane @param {{width: number, height: number}} cell @param {number} height of the grid */
function drawTicks(pen, { units, x, y }, cell, height) {
  Object.assign(pen, { textAlign: "center", textBaseline: "top" });
  for (const { label, at } of axisTicks(x, cell.width, TICK_ROOM)) pen.fillText(label, at, height + 6);
  if (units.length < 2) return;
  Object.assign(pen, { textAlign: "right", textBaseline: "middle" });
  for (const { label, at } of axisTicks(y, cell.height, TICK_ROOM)) pen.fillText(label, -8, at);
}

/** @param {Pictures} pictures @param {BoardData} data @param {Theme} theme @returns {Block} */
function gridBlock(pictures, { grid, image }, theme) {
  const layout = { image, n: pictures.header.n, columns: grid.x.length };
  const { width, height } = pixelSize(layout);
  const scale = Math.max(1, Math.round(GRID_SIDE / Math.max(width, height)));
  const cells = sheet(pictures, { ...layout, scale });
  const { left, right, top, bottom } = margins(grid.units.length < 2);
  /** @param {Pen} pen */
  const draw = (pen) => {
    drawAxisTitles(pen, cells, grid.labels.map((label) => `z of ${label}`), theme);
    pen.translate(left, top);
    cells.draw(pen);
    Object.assign(pen, { font: `${TICK_PX}px ${theme.font}`, fillStyle: theme.text });
    drawTicks(pen, grid, { width: scale * image.w, height: scale * image.h }, cells.height);
  };
  return { width: left + cells.width + right, height: top + cells.height + bottom, draw };
}

/** @param {Kind} kind @param {Shown} shown @returns {Promise<Blob>} */
export async function savedGrid(kind, shown) {
  const { data, pin, theme } = shown;
  const { model, y, grid, image } = data;
  const pictures = await decoded({ model, y, z: gridCodes(pin, grid) }, image);
  const note = data.latent_dim > grid.units.length ? elsewhere(shown) : "";
  return savedBlock(kind, captioned(shown, gridBlock(pictures, data, theme), note), theme);
}

/** @param {Unit} unit @param {Pictures} pictures @param {BoardData} data @param {Theme} theme @returns {Block} */
function stripBlock({ unit, kl, variance, strip }, pictures, { image, unit_names: names }, theme) {
  const scale = wholeScale(image, STRIP_PICTURE);
  const cell = scale * image.w;
  const [name, measure] = [text(unitWords(unit, names), LABEL - GAP, theme, { weight: 600 }), text(unitNote(kl, variance).text, LABEL - GAP, theme, { size: TICK_PX })];
  const values = beside(strip.map((value) => text(decimal(value), cell, theme, { size: TICK_PX, align: "center" })));
  const pictured = stacked([sheet(pictures, { image, n: strip.length, columns: strip.length, scale }), values], 2);
  return beside([within(stacked([name, measure]), LABEL, 0), pictured]);
}

/** @param {Kind} kind @param {Shown} shown @returns {Promise<Blob>} a strip for every unit, with the values beneath its pictures */
export async function savedStrips(kind, shown) {
  const { data, pin, theme } = shown;
  const { model, y, units, image } = data;
  const { header, bytes } = await decoded({ model, y, z: units.flatMap(({ unit, strip }) => stripCodes(pin, unit, strip)) }, image);
  const n = units[0].strip.length;
  const size = n * header.c * header.h * header.w;
  const strips = units.map((unit, i) => {
    return stripBlock(unit, { header: { ...header, n }, bytes: bytes.subarray(i * size, (i + 1) * size) }, data, theme);
  });
  const notes = ["Beneath each picture is the unit’s value of z.", ...(units.length > 1 ? [elsewhere(shown)] : [])];
  return savedBlock(kind, captioned(shown, stacked(strips, 8), notes.join(" ")), theme);
}

/** @param {Shown} shown @returns {string} of the file */
export const gridName = ({ data: { model, grid } }) => `${model} grid of ${grid.units.map((unit) => `unit ${unit}`).join(" and ")}`;

/** @param {Shown} shown @returns {string} of the file */
export const stripsName = ({ data: { model } }) => `${model} traversals`;

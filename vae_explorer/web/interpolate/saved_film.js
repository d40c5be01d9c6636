/** The film strip as a picture to take along, decoded anew: larger than on screen, with t beneath every frame. */

import { beside, savedBlock, sheet, stacked, text } from "../pieces/blocks.js";
import { evenColumns, wholeScale } from "../pieces/cells.js";
import { decoded } from "../pieces/picture_source.js";
import { classesAt, frameIndices, tAt } from "./path.js";

/**
 * @import { Pictures } from "../wire/messages.js"
 * @import { Block } from "../pieces/blocks.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { ScrubberData } from "./data.js"
 */

/** A frame's longer side, CSS pixels at least. */
const FRAME = 112;
const MOST_COLUMNS = 8;
const [GAP, ROW_GAP, CAPTION_GAP] = [4, 10, 16];

/** @param {Pictures} pictures @param {string[]} names of the frames @param {ScrubberData["image"]} image @param {Theme} theme @returns {Block[]} */
function frameBlocks({ header, bytes }, names, image, theme) {
  const scale = wholeScale(image, FRAME);
  const size = header.c * header.h * header.w;
  return names.map((name, i) => {
    const picture = { header: { ...header, n: 1 }, bytes: bytes.subarray(i * size, (i + 1) * size) };
    const frame = sheet(picture, { image, n: 1, columns: 1, scale });
    return stacked([frame, text(name, frame.width, theme, { size: 12, align: "center" })], 2);
  });
}

/** @param {Kind} kind @param {ScrubberData} data @param {Theme} theme @returns {Promise<Blob>} */
export async function savedFilm(kind, data, theme) {
  const { model, classes, image, path, stride } = data;
  const frames = frameIndices(path.length, stride);
  const pictures = await decoded({ model, y: classesAt(classes, frames, path.length), z: frames.map((index) => path[index]) }, image);
  const names = frames.map((index) => `t = ${tAt(index, path.length).toFixed(2)}`);
  names[0] = `A, ${names[0]}`;
  names[names.length - 1] = `B, ${names[names.length - 1]}`;
  const blocks = frameBlocks(pictures, names, image, theme);
  const columns = evenColumns(blocks.length, MOST_COLUMNS);
  const rows = Array.from({ length: Math.ceil(blocks.length / columns) }, (_, row) => beside(blocks.slice(row * columns, (row + 1) * columns), GAP));
  const strip = stacked(rows, ROW_GAP);
  const room = Math.max(strip.width, 3 * FRAME);
  return savedBlock(kind, stacked([strip, text(data.caption, room, theme)], CAPTION_GAP), theme);
}

/** Pictures on the points, where the points leave room for them. */

import { hex } from "../plot/palette.js";
import { chosenPoints, clearness, pictureSide, pointsInSight, spacing } from "./sparse.js";
import { spriteBox } from "../pieces/sprites.js";
import { toScreen } from "../plot/view.js";

const BORDER_PX = 1.5;
/** A picture fainter than this does not yet answer the hand. */
const FIRM = 0.5;

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Sheet, Sprites } from "../pieces/sprites.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place, Size, View } from "../plot/view.js"
 */
/**
 * @typedef {{k: number, left: number, top: number, width: number, height: number}} Picture drawing position; CSS px
 * @typedef {{pictures: Picture[], firm: boolean}} Thumbnails those drawn, and whether they are clear enough to be pointed at
 */

/**
 * Four filled bars, which cost less than a stroke.
 * @param {Pen} context @param {number} left @param {number} top @param {number} width @param {number} height
 */
function drawBorder(context, left, top, width, height) {
  for (const y of [top - BORDER_PX, top + height]) context.fillRect(left - BORDER_PX, y, width + 2 * BORDER_PX, BORDER_PX);
  for (const x of [left - BORDER_PX, left + width]) context.fillRect(x, top, BORDER_PX, height);
}

/** @param {number} k @param {Sheet} sheet @param {Place} place CSS px @param {number} side @returns {Picture} */
function pictureOf(k, { h, w }, [x, y], side) {
  const [width, height] = [w, h].map((length) => Math.round((side * length) / Math.max(h, w)));
  return { k, left: Math.round(x - width / 2), top: Math.round(y - height / 2), width, height };
}

/** @param {Pen} context @param {Picture} picture @param {Sheet} sheet @param {number} point its place among the points @param {string} colour */
function drawPicture(context, { left, top, width, height }, sheet, point, colour) {
  context.fillStyle = colour;
  drawBorder(context, left, top, width, height);
  context.imageSmoothingEnabled = width < sheet.w;
  context.drawImage(sheet.bitmap, ...spriteBox(sheet, point), left, top, width, height);
}

/** @param {Place} place CSS px @param {number} side @param {Size} size */
const reaches = ([x, y], side, { width, height }) => x > -side && x < width + side && y > -side && y < height + side;

/** @param {Picture[]} pictures the last lies on top @param {Place} at CSS px @returns {number|null} drawing position of its point */
export function pictureAt(pictures, [x, y]) {
  /** @param {Picture} picture */
  const over = ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height;
  return pictures.findLast(over)?.k ?? null;
}

/**
 * @param {Pen} context its origin at the plot's top left, in CSS px
 * @param {{cloud: Cloud, groups: Uint8Array, view: View, size: Size}} seen
 * @param {Uint32Array} colours one a point: its picture's border @param {Sprites} sprites
 * @returns {Thumbnails}
 */
export function drawThumbnails(context, { cloud, groups, view, size }, colours, sprites) {
  const sight = pointsInSight(cloud, groups, view, size);
  const distance = spacing(cloud, sight, view, size);
  if (!(clearness(distance) > 0 && distance < Infinity)) return { pictures: [], firm: false };
  const side = pictureSide(distance);
  context.globalAlpha = clearness(distance);
  /** @type {Picture[]} */
  const pictures = [];
  for (const k of chosenPoints(cloud, groups, sight, view, size, side)) {
    const place = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    const sheet = reaches(place, side, size) && sprites.sheet(cloud.places[k]);
    if (!sheet) continue;
    const picture = pictureOf(k, sheet, place, side);
    pictures.push(picture);
    drawPicture(context, picture, sheet, cloud.places[k], hex(colours[k]));
  }
  context.globalAlpha = 1;
  return { pictures, firm: clearness(distance) >= FIRM };
}

/** Pictures on the points, where the points leave room for them. */

import { hex } from "../plot/palette.js";
import { chosenPoints, clearness, pictureSide, pointsInSight, spacing } from "./sparse.js";
import { spriteBox } from "../pieces/sprites.js";
import { toScreen } from "../plot/view.js";

const BORDER_PX = 1.5;
/** A picture fainter than this does not yet answer the hand. */
const FIRM = 0.5;

/** @typedef {{k: number, left: number, top: number, width: number, height: number}} Picture drawing position; CSS px */

/** Four filled bars, which cost less than a stroke. */
function drawBorder(context, left, top, width, height) {
  for (const y of [top - BORDER_PX, top + height]) context.fillRect(left - BORDER_PX, y, width + 2 * BORDER_PX, BORDER_PX);
  for (const x of [left - BORDER_PX, left + width]) context.fillRect(x, top, BORDER_PX, height);
}

/** @returns {Picture} */
function pictureOf(k, { h, w }, [x, y], side) {
  const [width, height] = [w, h].map((length) => Math.round((side * length) / Math.max(h, w)));
  return { k, left: Math.round(x - width / 2), top: Math.round(y - height / 2), width, height };
}

function drawPicture(context, { left, top, width, height }, { bitmap, w }, box, colour) {
  context.fillStyle = colour;
  drawBorder(context, left, top, width, height);
  context.imageSmoothingEnabled = width < w;
  context.drawImage(bitmap, ...box, left, top, width, height);
}

const reaches = ([x, y], side, { width, height }) => x > -side && x < width + side && y > -side && y < height + side;

/** @param {Picture[]} pictures the last lies on top @param {[number, number]} at CSS px @returns {number|null} drawing position of its point */
export function pictureAt(pictures, [x, y]) {
  const over = ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height;
  return pictures.findLast(over)?.k ?? null;
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{cloud: import("../plot/cloud.js").Cloud, groups: Uint8Array, view: object, size: object}} seen
 * @param {Uint32Array} colours one a point: its picture's border @param {import("../pieces/sprites.js").Sprites} sprites
 * @returns {{pictures: Picture[], firm: boolean}} those drawn, and whether they are clear enough to be pointed at
 */
export function drawThumbnails(context, { cloud, groups, view, size }, colours, sprites) {
  const sight = pointsInSight(cloud, groups, view, size);
  const distance = spacing(cloud, sight, view, size);
  if (!(clearness(distance) > 0 && distance < Infinity)) return { pictures: [], firm: false };
  const side = pictureSide(distance);
  context.globalAlpha = clearness(distance);
  const pictures = [];
  for (const k of chosenPoints(cloud, groups, sight, view, size, side)) {
    const place = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    const sheet = reaches(place, side, size) && sprites.sheet(cloud.order[k]);
    if (!sheet) continue;
    pictures.push(pictureOf(k, sheet, place, side));
    drawPicture(context, pictures.at(-1), sheet, spriteBox(sheet, cloud.order[k]), hex(colours[k]));
  }
  return { pictures, firm: clearness(distance) >= FIRM };
}

/** Pictures on the points, where the points leave room for them. */

import { hex } from "./palette.js";
import { chosenPoints, clearness, pictureSide, pointsInSight, spacing } from "./sparse.js";
import { spriteBox } from "../sprites.js";
import { toScreen } from "./view.js";

const BORDER_PX = 1.5;

/** Four filled bars, which cost less than a stroke. */
function drawBorder(context, left, top, width, height) {
  for (const y of [top - BORDER_PX, top + height]) context.fillRect(left - BORDER_PX, y, width + 2 * BORDER_PX, BORDER_PX);
  for (const x of [left - BORDER_PX, left + width]) context.fillRect(x, top, BORDER_PX, height);
}

function drawPicture(context, { bitmap, h, w }, box, [x, y], side, colour) {
  const scale = side / Math.max(h, w);
  const [width, height] = [Math.round(w * scale), Math.round(h * scale)];
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  context.fillStyle = colour;
  drawBorder(context, left, top, width, height);
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(bitmap, ...box, left, top, width, height);
}

const reaches = ([x, y], side, { width, height }) => x > -side && x < width + side && y > -side && y < height + side;

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{cloud: import("./cloud.js").Cloud, groups: Uint8Array, view: object, size: object}} seen
 * @param {Uint32Array} colours one a point: its picture's border @param {import("../sprites.js").Sprites} sprites
 * @returns {boolean} whether there are any
 */
export function drawThumbnails(context, { cloud, groups, view, size }, colours, sprites) {
  const sight = pointsInSight(cloud, groups, view, size);
  const distance = spacing(cloud, sight, view, size);
  if (!(clearness(distance) > 0 && distance < Infinity)) return false;
  const side = pictureSide(distance);
  context.globalAlpha = clearness(distance);
  let drawn = 0;
  for (const k of chosenPoints(cloud, groups, sight, view, size, side)) {
    const place = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    const sheet = reaches(place, side, size) && sprites.sheet(cloud.order[k]);
    if (!sheet) continue;
    drawPicture(context, sheet, spriteBox(sheet, cloud.order[k]), place, side, hex(colours[k]));
    drawn += 1;
  }
  return drawn > 0;
}

/** Pictures on the points, where the points leave room for them. */

import { hex } from "./palette.js";
import { chosenPoints, clearness, pictureSide, spacing } from "./sparse.js";
import { spriteBox } from "../sprites.js";
import { toScreen } from "./view.js";

const BORDER_PX = 1.5;

/** The border is filled under the picture, which costs less than a stroke. */
function drawPicture(context, { bitmap, h, w }, box, [x, y], side, colour) {
  const scale = side / Math.max(h, w);
  const [width, height] = [Math.round(w * scale), Math.round(h * scale)];
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  context.fillStyle = colour;
  context.fillRect(left - BORDER_PX, top - BORDER_PX, width + 2 * BORDER_PX, height + 2 * BORDER_PX);
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(bitmap, ...box, left, top, width, height);
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{cloud: import("./cloud.js").Cloud, groups: Uint8Array, view: object, size: object}} seen
 * @param {Uint32Array} colours one a point: its picture's border @param {import("../sprites.js").Sprites} sprites
 * @returns {boolean} whether there are any
 */
export function drawThumbnails(context, { cloud, groups, view, size }, colours, sprites) {
  const distance = spacing(cloud, groups, view, size);
  if (!(clearness(distance) > 0 && distance < Infinity)) return false;
  const side = pictureSide(distance);
  context.globalAlpha = clearness(distance);
  let drawn = 0;
  for (const k of chosenPoints(cloud, groups, view, size, side)) {
    const sheet = sprites.sheet(cloud.order[k]);
    if (!sheet) continue;
    const place = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    drawPicture(context, sheet, spriteBox(sheet, cloud.order[k]), place, side, hex(colours[k]));
    drawn += 1;
  }
  return drawn > 0;
}

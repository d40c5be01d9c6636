/** Density contours: lines around the densest 25, 50, 75 and 95 % of the visible points. */

import { densityGrid, levelsOf, visiblePoints } from "./density.js";
import { rings } from "./rings.js";
import { toScreen } from "./view.js";

export const SHARES = [0.25, 0.5, 0.75, 0.95];

/** @param {import("./density.js").Points} points @returns {[number, number][][][]} the rings of each share, data units */
export function contours(points) {
  const grid = densityGrid(points);
  return grid ? levelsOf(grid, points, SHARES).map((level) => rings(grid, level)) : [];
}

function pathOf(lines) {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
  }
  return path;
}

/** Keeps the lines in data units and computes them again only for other points or others hidden. */
export class ContourLayer {
  #cloud = null;
  #hidden = null;
  #paths = [];

  /**
   * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
   * @param {import("./cloud.js").Cloud} cloud @param {{groups: Uint8Array, hidden: Set<number>}} filter
   * @param {import("./view.js").View} view @param {import("./view.js").Size} size @param {object} theme
   */
  draw(context, cloud, { groups, hidden }, view, size, theme) {
    if (cloud !== this.#cloud || hidden !== this.#hidden) this.#paths = contours(visiblePoints(cloud, groups)).map(pathOf);
    [this.#cloud, this.#hidden] = [cloud, hidden];
    context.save();
    context.translate(...toScreen(view, size, [0, 0]));
    context.scale(view.scale, -view.scale);
    context.lineJoin = "round";
    for (const [colour, width, opacity] of [[theme.background, 3, 0.7], [theme.text, 1.2, 0.9]]) {
      context.strokeStyle = colour;
      context.lineWidth = width / view.scale;
      context.globalAlpha = opacity;
      for (const path of this.#paths) context.stroke(path);
    }
    context.restore();
  }
}

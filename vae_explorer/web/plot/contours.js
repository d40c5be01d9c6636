/** Density contours: lines around the densest 25, 50, 75 and 95 % of the visible points. */

import { densityGrid, levelsOf, visiblePoints } from "./density.js";
import { PannedPicture } from "./panned.js";
import { rings } from "./rings.js";
import { toData, toScreen } from "./view.js";

/** @import { Bounds, Place, Size, View } from "./view.js" */
/** @typedef {{line: Place[], bounds: Bounds}} Piece of a ring, in data units */
/** @typedef {Piece & {path: Path2D}} DrawnPiece */

export const SHARES = [0.25, 0.5, 0.75, 0.95];
const PIECE = 64;

/** @param {import("./density.js").Points} points @returns {Place[][][]} the rings of each share, data units */
export function contours(points) {
  const grid = densityGrid(points);
  return grid ? levelsOf(grid, points, SHARES).map((level) => rings(grid, level)) : [];
}

/** Every other place of a long ring: on the screen the same line, in half the time. @param {Place[]} ring */
const thinned = (ring) => (ring.length > PIECE ? ring.filter((_, i) => i % 2 === 0) : ring);

/**
 * A ring in open pieces of 64 steps, so that what lies outside the plot need not be drawn.
 * @param {Place[]} ring @returns {Piece[]} each begins where the one before ends
 */
export function pieces(ring) {
  const closed = [...ring, ring[0]];
  return Array.from({ length: Math.ceil(ring.length / PIECE) }, (_, i) => {
    const line = closed.slice(i * PIECE, (i + 1) * PIECE + 1);
    const [xs, ys] = [line.map(([x]) => x), line.map(([, y]) => y)];
    return { line, bounds: [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] };
  });
}

/** Each line on a wider one of the background, widths in CSS px. @param {import("../pieces/theme.js").Theme} theme */
const strokesOf = ({ background, text }) => [
  { colour: background, width: 3, opacity: 0.7 },
  { colour: text, width: 1.2, opacity: 0.9 },
];

/** @param {Piece} piece @returns {DrawnPiece} */
function drawn({ line, bounds }) {
  const path = new Path2D();
  line.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  return { line, bounds, path };
}

/** Keeps the lines in data units and computes them again only for other points or others hidden. */
export class ContourLayer {
  /** @type {import("./cloud.js").Cloud|null} */
  #cloud = null;
  /** @type {Set<number>|null} */
  #hidden = null;
  /** @type {DrawnPiece[]} */
  #pieces = [];
  #picture = new PannedPicture();

  /**
   * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
   * @param {import("./cloud.js").Cloud} cloud @param {{groups: Uint8Array, hidden: Set<number>}} filter
   * @param {import("./panned.js").Surface} surface @param {import("../pieces/theme.js").Theme} theme
   */
  draw(context, cloud, { groups, hidden }, surface, theme) {
    this.#update(cloud, groups, hidden);
    /** @param {CanvasRenderingContext2D} onto @param {Size} size */
    const stroke = (onto, size) => this.#stroke(onto, surface.view, size, theme);
    this.#picture.draw(context, surface, [this.#pieces, theme.background, theme.text], stroke);
  }

  /**
   * The lines once, for a picture that is taken along.
   * @param {import("../pieces/svg_context.js").Pen} pen its origin at the plot's top left, in CSS px
   * @param {import("./cloud.js").Cloud} cloud @param {{groups: Uint8Array, hidden: Set<number>}} filter
   * @param {{view: View, size: Size}} surface @param {import("../pieces/theme.js").Theme} theme
   */
  trace(pen, cloud, { groups, hidden }, { view, size }, theme) {
    this.#update(cloud, groups, hidden);
    pen.lineJoin = "bevel";
    for (const { colour, width, opacity } of strokesOf(theme)) {
      Object.assign(pen, { strokeStyle: colour, lineWidth: width, globalAlpha: opacity });
      for (const { line } of this.#within(view, size)) {
        pen.beginPath();
        for (const place of line) pen.lineTo(...toScreen(view, size, place));
        pen.stroke();
      }
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {View} view @param {Size} size @param {import("../pieces/theme.js").Theme} theme */
  #stroke(context, view, size, theme) {
    const seen = this.#within(view, size);
    context.save();
    context.translate(...toScreen(view, size, [0, 0]));
    context.scale(view.scale, -view.scale);
    context.lineJoin = "bevel";
    for (const { colour, width, opacity } of strokesOf(theme)) {
      context.strokeStyle = colour;
      context.lineWidth = width / view.scale;
      context.globalAlpha = opacity;
      for (const { path } of seen) context.stroke(path);
    }
    context.restore();
  }

  /** @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups @param {Set<number>} hidden */
  #update(cloud, groups, hidden) {
    if (cloud === this.#cloud && hidden === this.#hidden) return;
    [this.#cloud, this.#hidden] = [cloud, hidden];
    this.#pieces = contours(visiblePoints(cloud, groups)).flat().map(thinned).flatMap(pieces).map(drawn);
  }

  /** @param {View} view @param {Size} size */
  #within(view, size) {
    const [left, top] = toData(view, size, [0, 0]);
    const [right, bottom] = toData(view, size, [size.width, size.height]);
    return this.#pieces.filter(({ bounds: [x0, x1, y0, y1] }) => x0 < right && x1 > left && y0 < top && y1 > bottom);
  }
}

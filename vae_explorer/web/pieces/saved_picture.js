/** One drawing as a file: a PNG of any density, or an SVG. */

import { brush, element } from "./element.js";
import { SvgContext } from "./svg_context.js";

/**
 * @import { Kind } from "./save_menu.js"
 * @import { Pen, Raster } from "./svg_context.js"
 */

/** @param {string} text @param {string} font @returns {{width: number}} CSS px */
export function measured(text, font) {
  const context = brush(element("canvas", ""));
  context.font = font;
  return context.measureText(text);
}

/** @param {Raster} raster @param {number[]} cut left, top, width and height of its part; none is all of it @returns {string} the address of a PNG */
function encoded(raster, [left = 0, top = 0, width = raster.width, height = raster.height]) {
  const canvas = element("canvas", "", { width: String(width), height: String(height) });
  brush(canvas).drawImage(raster, left, top, width, height, 0, 0, width, height);
  return canvas.toDataURL();
}

/**
 * @param {Kind} kind @param {{width: number, height: number}} size CSS px
 * @param {(pen: Pen) => void} draw in CSS px from the top left
 * @returns {Promise<Blob>} rejects with one sentence where the browser cannot make the file
 */
export async function savedPicture(kind, size, draw) {
  if (kind.format === "svg") {
    const svg = new SvgContext(size, { measured, encoded });
    draw(svg);
    return new Blob([String(svg)], { type: "image/svg+xml" });
  }
  const [width, height] = [size.width * kind.scale, size.height * kind.scale];
  const canvas = element("canvas", "", { width: String(width), height: String(height) });
  const context = brush(canvas);
  context.scale(kind.scale, kind.scale);
  draw(context);
  /** @type {Blob|null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error(`This browser makes no picture of ${width} × ${height} pixels; choose a smaller scale, or SVG.`);
  return blob;
}

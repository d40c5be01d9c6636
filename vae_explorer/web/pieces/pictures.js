/** Decoded pictures on a canvas: one canvas pixel for one image pixel; CSS scales it, `image-rendering: pixelated`. */

import { brush } from "./element.js";

/** @typedef {import("../wire/messages.js").PictureHeader} PictureHeader */

/**
 * @param {PictureHeader} shape c is 1 (grey) or 3 (RGB)
 * @param {Uint8Array} bytes n·c·h·w, row-major
 * @param {{columns?: number, gap?: number}} [layout] gap in image pixels, left transparent
 * @returns {{width: number, height: number, pixels: Uint8ClampedArray<ArrayBuffer>}} RGBA
 */
export function mosaic({ n, c, h, w }, bytes, { columns = 1, gap = 0 } = {}) {
  const rows = Math.ceil(n / columns);
  const width = n ? columns * (w + gap) - gap : 1;
  const height = n ? rows * (h + gap) - gap : 1;
  const pixels = new Uint8ClampedArray(4 * width * height);
  const plane = h * w;
  const [green, blue] = c === 3 ? [plane, 2 * plane] : [0, 0];
  for (let i = 0; i < n; i++) {
    const left = (i % columns) * (w + gap);
    const top = Math.floor(i / columns) * (h + gap);
    for (let y = 0; y < h; y++) {
      let from = i * c * plane + y * w;
      let to = 4 * ((top + y) * width + left);
      for (let x = 0; x < w; x++, from++, to += 4) {
        pixels[to] = bytes[from];
        pixels[to + 1] = bytes[from + green];
        pixels[to + 2] = bytes[from + blue];
        pixels[to + 3] = 255;
      }
    }
  }
  return { width, height, pixels };
}

/**
 * @param {HTMLCanvasElement} canvas resized to the real pixels of the mosaic, and only when they differ
 * @param {PictureHeader} shape
 * @param {Uint8Array} bytes
 * @param {{columns?: number, gap?: number}} [layout]
 */
export function paintMosaic(canvas, shape, bytes, layout) {
  const { width, height, pixels } = mosaic(shape, bytes, layout);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  brush(canvas).putImageData(new ImageData(pixels, width, height), 0, 0);
}

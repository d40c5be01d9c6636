/** The raster pass: every point a small stamp of integers in one ImageData; nothing is blended. */

/**
 * @typedef {{width: number, height: number, stride: number, pixels: Uint32Array}} Pixels width and height without their padding
 * @typedef {Pixels & {image: ImageData}} Raster
 */

/** Room around the plot, device px, so that no stamp needs a bounds check. */
export const PAD = 16;
const REACH = 8;
const SUBSAMPLES = 4;

/**
 * The diameter of a point, CSS px: larger where there is room, from 1.5 to 5.
 * @param {number} n points @param {import("./view.js").Bounds} bounds of them @param {number} scale CSS px a data unit
 */
export function diameter(n, [x0, x1, y0, y1], scale) {
  const [width, height] = [x1 - x0, y1 - y0];
  const least = Math.max(width, height) / 10;
  const spacing = scale * Math.sqrt((Math.max(width, least) * Math.max(height, least)) / Math.max(1, n));
  return Math.min(5, Math.max(1.5, 1.25 * Math.sqrt(spacing)));
}

/** @param {number} x @param {number} y @param {number} size */
function coverage(x, y, size) {
  let inside = 0;
  for (let i = 0; i < SUBSAMPLES ** 2; i++) {
    const dx = x + ((i % SUBSAMPLES) + 0.5) / SUBSAMPLES - size / 2;
    const dy = y + (Math.floor(i / SUBSAMPLES) + 0.5) / SUBSAMPLES - size / 2;
    if (dx * dx + dy * dy <= (size * size) / 4) inside += 1;
  }
  return inside / SUBSAMPLES ** 2;
}

/**
 * A disc as offsets into the raster. Its rim is half transparent and fills only empty pixels: soft edges without blending.
 * @param {number} size diameter, whole device px, at most 15 @param {number} stride of the raster
 * @returns {{core: Int32Array, rim: Int32Array, cover: Float32Array}}
 */
export function stamp(size, stride) {
  /** @type {[core: number[], rim: number[], cover: number[]]} */
  const [core, rim, cover] = [[], [], []];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const covered = coverage(x, y, size);
      const offset = (y - (size >> 1)) * stride + x - (size >> 1);
      if (covered >= 0.7) core.push(offset);
      else if (covered > 0.1) cover.push(covered) && rim.push(offset);
    }
  }
  return { core: Int32Array.from(core), rim: Int32Array.from(rim), cover: Float32Array.from(cover) };
}

/**
 * The padded pixels of a plot.
 * @param {number} width @param {number} height device px
 * @returns {Raster}
 */
export function raster(width, height) {
  const image = new ImageData(width + 2 * PAD, height + 2 * PAD);
  return { width, height, stride: image.width, pixels: new Uint32Array(image.data.buffer), image };
}

/**
 * Stamp the points of one group.
 * @param {Pixels} raster
 * @param {import("./density.js").Points & {n: number}} cloud @param {Uint32Array} colours @param {Uint8Array} groups @param {number} group
 * @param {{x: number, y: number, scale: number}} origin device px of the data's zero, device px a data unit
 * @param {number} size diameter, device px @param {number} opacity 0…255
 */
export function scatter({ width, height, stride, pixels }, { n, xs, ys }, colours, groups, group, origin, size, opacity) {
  const { core, rim, cover } = stamp(size, stride);
  const alphas = Uint32Array.from(cover, (covered) => Math.round(covered * opacity) << 24);
  const alpha = opacity << 24;
  const { x: left, y: top, scale } = origin;
  const [right, bottom] = [width + REACH, height + REACH];
  const [cores, rims] = [core.length, rim.length];
  for (let k = 0; k < n; k++) {
    if (groups[k] !== group) continue;
    const x = left + scale * xs[k];
    const y = top - scale * ys[k];
    if (!(x >= -REACH && x < right && y >= -REACH && y < bottom)) continue;
    const at = ((y + PAD) | 0) * stride + ((x + PAD) | 0);
    const colour = colours[k] & 0xffffff;
    for (let i = 0; i < cores; i++) pixels[at + core[i]] = colour | alpha;
    for (let i = 0; i < rims; i++) if (pixels[at + rim[i]] === 0) pixels[at + rim[i]] = colour | alphas[i];
  }
}

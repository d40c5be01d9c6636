/** Where the pictures of a mosaic lie: pure arithmetic, in image pixels or in CSS pixels. */

/**
 * @typedef {{c: number, h: number, w: number}} Image shape of one picture
 * @typedef {{image: Image, n: number, columns: number, gap?: number, scale?: number}} Layout
 *   gap in image pixels, scale in CSS pixels per image pixel
 */

/** Below this part of the room, whole device pixels cost more size than they bring sharpness. */
const WORTH_SNAPPING = 0.85;

/** @param {Layout} layout @returns {{width: number, height: number}} in image pixels, at least 1 */
export function pixelSize({ image, n, columns, gap = 0 }) {
  const rows = Math.ceil(n / columns);
  return {
    width: Math.max(1, columns * (image.w + gap) - gap),
    height: Math.max(1, rows * (image.h + gap) - gap),
  };
}

/**
 * The largest scale that fits, on whole device pixels where that keeps most of the room.
 *
 * @param {{width: number, height: number}} pixels image pixels
 * @param {{width: number, height: number}} room CSS pixels
 * @param {number} [density] device pixels per CSS pixel
 * @returns {number} CSS pixels per image pixel
 */
export function fitScale(pixels, room, density = 1) {
  const fitting = Math.min(room.width / pixels.width, room.height / pixels.height);
  const whole = Math.floor(fitting * density + 1e-9) / density;
  return whole >= WORTH_SNAPPING * fitting ? whole : fitting;
}

/** @param {Image} image @param {number} least CSS pixels of its longer side @returns {number} the smallest whole scale that reaches them */
export const wholeScale = ({ h, w }, least) => Math.max(1, Math.ceil(least / Math.max(h, w)));

/** @param {number} scale CSS pixels per image pixel @param {number} density @returns {boolean} whether crisp pixels would be visibly uneven */
export const smoothed = (scale, density) => scale * density < 3 && Math.abs(scale * density - Math.round(scale * density)) > 0.01;

/**
 * @param {Layout} layout
 * @param {number} x @param {number} y CSS pixels from the mosaic's top left corner
 * @returns {number|null} index of the picture there; a gap belongs to the picture before it
 */
export function cellAt({ image, n, columns, gap = 0, scale = 1 }, x, y) {
  const column = Math.floor(x / (scale * (image.w + gap)));
  const row = Math.floor(y / (scale * (image.h + gap)));
  const index = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && index < n ? index : null;
}

/**
 * @param {Layout} layout @param {number} index
 * @returns {{left: number, top: number, width: number, height: number}} CSS pixels
 */
export function cellBox({ image, columns, gap = 0, scale = 1 }, index) {
  return {
    left: scale * (image.w + gap) * (index % columns),
    top: scale * (image.h + gap) * Math.floor(index / columns),
    width: scale * image.w,
    height: scale * image.h,
  };
}

/**
 * As many columns as fit, spread so that the last row is not left nearly empty.
 *
 * @param {number} n pictures @param {number} most columns that fit
 * @returns {number} at least 1
 */
export function evenColumns(n, most) {
  const rows = Math.ceil(n / Math.max(1, most));
  return Math.max(1, Math.ceil(n / Math.max(1, rows)));
}

/** @param {Layout|null} a @param {Layout|null} b @returns {boolean} the same pictures in the same order of pixels */
export function sameCells(a, b) {
  if (!a || !b) return a === b;
  if (a.image.c !== b.image.c || a.image.h !== b.image.h || a.image.w !== b.image.w) return false;
  return a.n === b.n && a.columns === b.columns && (a.gap ?? 0) === (b.gap ?? 0);
}

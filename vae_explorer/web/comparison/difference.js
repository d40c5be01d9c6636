/** Signed differences of pictures as a heat map: one fixed scale, colours that hold under colour-vision deficiencies. Pure. */

/**
 * @import { Pictures } from "../wire/messages.js"
 * @typedef {[number, number, number]} Rgb
 */

/** What is missing from the second picture, no difference, and what it has too much. */
const [MORE, NONE, LESS] = /** @type {Rgb[]} */ ([[179, 88, 6], [247, 247, 247], [33, 102, 172]]);

/** @param {number} share −1…1 of the whole range of grey @returns {Rgb} */
export function tone(share) {
  const end = share > 0 ? MORE : LESS;
  const weight = Math.min(1, Math.abs(share));
  return /** @type {Rgb} */ (NONE.map((value, i) => Math.round(value + weight * (end[i] - value))));
}

/** One colour a level of difference, from −255 to 255. */
const TONES = Array.from({ length: 511 }, (_, level) => tone((level - 255) / 255));

/** The scale from −1 to 1, for the legend. */
export const SCALE = `linear-gradient(to right, ${[-1, 0, 1].map((share) => `rgb(${tone(share).join(" ")})`).join(", ")})`;

/** @param {Pictures} a @param {Pictures} b @returns {boolean} whether there is a pixel of one for every pixel of the other */
const alike = (a, b) => ["n", "c", "h", "w"].every((name) => a.header[/** @type {"n"} */ (name)] === b.header[/** @type {"n"} */ (name)]);

/**
 * The first picture minus the second, of colours their mean.
 * @param {Pictures} first @param {Pictures} second @returns {Pictures|null} as colours; null where the two differ in shape
 */
export function difference(first, second) {
  if (!alike(first, second)) return null;
  const { n, c, h, w } = first.header;
  const plane = h * w;
  const bytes = new Uint8Array(n * 3 * plane);
  for (let k = 0; k < n * plane; k++) {
    const [picture, pixel] = [Math.floor(k / plane), k % plane];
    let sum = 0;
    for (let channel = 0; channel < c; channel++) {
      const at = (picture * c + channel) * plane + pixel;
      sum += first.bytes[at] - second.bytes[at];
    }
    TONES[Math.round(sum / c) + 255].forEach((value, channel) => (bytes[(picture * 3 + channel) * plane + pixel] = value));
  }
  return { header: { n, c: 3, h, w }, bytes };
}

/** @param {Pictures} first @param {Pictures} second @returns {number|null} root of the mean squared difference, 0…1; null where they differ in shape */
export function distance(first, second) {
  if (!alike(first, second)) return null;
  const squares = first.bytes.reduce((sum, value, i) => sum + (value - second.bytes[i]) ** 2, 0);
  return Math.sqrt(squares / first.bytes.length) / 255;
}

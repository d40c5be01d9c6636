/** Colours as the integers an ImageData wants: 0xAABBGGRR, opaque. */

import { channels } from "../pieces/theme.js";

/** @typedef {{low: number, high: number, below: boolean, above: boolean}} ValueRange */

const GREY = 0xff999999;

/** Viridis as a polynomial of degree 6 (fit by Matt Zucker, CC0): [red, green, blue] coefficients, lowest power first. */
const VIRIDIS = [
  [0.2777273272234177, 0.005407344544966578, 0.3340998053353061],
  [0.1050930431085774, 1.404613529898575, 1.384590162594685],
  [-0.3308618287255563, 0.214847559468213, 0.09509516302823659],
  [-4.634230498983486, -5.799100973351585, -19.33244095627987],
  [6.228269936347081, 14.17993336680509, 56.69055260068105],
  [4.776384997670288, -13.74514537774601, -65.35303263337234],
  [-5.435455855934631, 4.645852612178535, 26.3124352495832],
];

/** @param {number} red @param {number} green @param {number} blue 0…255 @returns {number} */
export const colourInt = (red, green, blue) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** @param {string} colour as CSS writes it @returns {number} grey when it cannot be read */
export function parseColour(colour) {
  const found = channels(colour);
  return found ? colourInt(...found) : GREY;
}

/** @param {number} colour @returns {string} "#rrggbb" */
export const hex = (colour) =>
  `#${[0, 8, 16].map((shift) => ((colour >>> shift) & 255).toString(16).padStart(2, "0")).join("")}`;

/** @param {number} t 0…1 */
function viridis(t) {
  /** @param {number} channel */
  const value = (channel) => VIRIDIS.reduceRight((sum, row) => sum * t + row[channel], 0);
  const [red, green, blue] = [0, 1, 2].map((channel) => Math.round(255 * Math.min(1, Math.max(0, value(channel)))));
  return colourInt(red, green, blue);
}

/**
 * The ramp of colour by value: safe for colour-blind readers, cut at the end that would drown in the background.
 * @param {boolean} dark @returns {Uint32Array} 256 colours, low to high
 */
export function valueRamp(dark) {
  const [from, to] = dark ? [0.18, 1] : [0, 0.92];
  return Uint32Array.from({ length: 256 }, (_, i) => viridis(from + ((to - from) * i) / 255));
}

/**
 * Where the ramp starts and ends: the 1st and 99th percentile, so that a few odd images do not take all the colours.
 * @param {Float32Array} values
 * @returns {ValueRange} whether some values lie outside
 */
export function valueRange(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (!sorted.length) return { low: 0, high: 1, below: false, above: false };
  /** @param {number} share */
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [at(0.01), at(0.99)];
  return { low, high, below: sorted[0] < low, above: sorted[sorted.length - 1] > high };
}

/** @param {Uint8Array} labels @param {string[]} colours one a class @returns {Uint32Array} one a point */
export function classColours(labels, colours) {
  const table = new Uint32Array(256).fill(GREY);
  table.set(colours.slice(0, 256).map(parseColour));
  return Uint32Array.from(labels, (label) => table[label]);
}

/** @param {Float32Array} values @param {{low: number, high: number}} range @param {Uint32Array} ramp @returns {Uint32Array} */
export function valueColours(values, { low, high }, ramp) {
  const step = high > low ? 255 / (high - low) : 0;
  return Uint32Array.from(values, (value) => {
    if (!Number.isFinite(value)) return GREY;
    return ramp[Math.max(0, Math.min(255, Math.round((value - low) * step)))];
  });
}

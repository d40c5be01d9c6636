/** The dot of a multi-rate network on its measured curve, where the β under the hand is. */

import { networkOf } from "../pieces/shared_beta.js";
import { placeAmong } from "../pieces/stops.js";

/** @import { Attributes } from "./plotly.js" */
/** @typedef {{x: number[], y: number[], meta: {network: string, betas: number[]}}} Curve as `figures/models.py` has it */

/** @param {Attributes[]} data @param {string} network @returns {Curve|null} */
function curveOf(data, network) {
  /** @param {Attributes} trace */
  const own = ({ meta }) => typeof meta === "object" && meta !== null && "network" in meta && meta.network === network;
  return /** @type {Curve|undefined} */ (/** @type {unknown} */ (data.find(own))) ?? null;
}

/**
 * @param {Attributes[]} data the traces of a figure @param {string} network @param {number} beta
 * @returns {{trace: number, x: number, y: number}|null} which trace is its dot, and where that lies; null where there is none
 */
export function turnedDot(data, network, beta) {
  const curve = curveOf(data, network);
  const trace = data.findIndex(({ customdata }) => Array.isArray(customdata) && customdata.length === 1 && networkOf(String(customdata[0])) === network);
  if (!curve || trace < 0) return null;
  const place = placeAmong(curve.meta.betas, beta);
  const stop = Math.min(Math.floor(place), curve.x.length - 2);
  /** @param {number[]} values */
  const at = (values) => values[stop] + (place - stop) * (values[stop + 1] - values[stop]);
  return { trace, x: at(curve.x), y: at(curve.y) };
}

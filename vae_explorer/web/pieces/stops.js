/** A column of a multi-rate network at every stop of β, and the way between the stops. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { promiseMemo } from "../wire/memo.js";

/** @typedef {{betas: number[], n: number, low: number, step: number, levels: Uint16Array}} Stops levels [K, P] of a map's points, in data set order */

/** @type {(url: string, fetched: () => Promise<Stops>) => Promise<Stops>} */
const remembered = promiseMemo(8);

/** Where a β lies among the stops, by its logarithm: 2.5 is half-way from the third to the fourth. @param {number[]} betas rising @param {number} beta */
export function placeAmong(betas, beta) {
  const after = betas.findIndex((stop) => stop >= beta);
  if (after === 0) return 0;
  if (after < 0) return betas.length - 1;
  return after - 1 + Math.log(beta / betas[after - 1]) / Math.log(betas[after] / betas[after - 1]);
}

/**
 * Write the values at a β: those of a stop, or what lies on the straight line between two.
 * @param {Stops} stops @param {number} beta @param {Uint32Array} places of the points among all, one a value @param {Float32Array} values
 */
export function writeAt({ betas, n, low, step, levels }, beta, places, values) {
  const place = placeAmong(betas, beta);
  const stop = Math.min(Math.floor(place), betas.length - 2);
  const share = place - stop;
  const before = levels.subarray(stop * n, (stop + 1) * n);
  const after = levels.subarray((stop + 1) * n, (stop + 2) * n);
  for (let k = 0; k < places.length; k++) {
    const from = before[places[k]];
    values[k] = low + step * (from + share * (after[places[k]] - from));
  }
}

/** @param {string} url @returns {Promise<Stops>} */
async function fetched(url) {
  const response = await answer(url, "The stops of β");
  if (response.status === 404) throw new Error((await response.json()).error);
  /** @type {{header: {n: number, betas: number[], low: number, step: number}, bytes: Uint8Array}} */
  const { header, bytes } = parseFrame(await response.arrayBuffer());
  return { ...header, levels: new Uint16Array(bytes.slice().buffer) };
}

/** @param {string} network @param {string} version of its content @param {string} column "mu-3" @returns {Promise<Stops>} fetched once a page */
export function loadStops(network, version, column) {
  const url = `/api/checkpoints/${encodeURIComponent(network)}/stops/${encodeURIComponent(column)}?v=${encodeURIComponent(version)}`;
  return remembered(url, () => fetched(url));
}

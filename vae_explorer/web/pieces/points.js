/** One data point: its place in latent space, and the image it came from. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { promiseMemo } from "../wire/memo.js";

/**
 * @typedef {import("../wire/messages.js").DataPoint} DataPoint
 * @typedef {import("../wire/messages.js").Pictures} Pictures
 */

/** @type {(url: string, fetched: () => Promise<DataPoint>) => Promise<DataPoint>} */
const points = promiseMemo(256);
/** @type {(url: string, fetched: () => Promise<Pictures>) => Promise<Pictures>} */
const originals = promiseMemo(256);

/** @param {string} url @returns {Promise<DataPoint>} */
async function fetchPoint(url) {
  const response = await answer(url, "The data point");
  const found = await response.json();
  if (found.error) throw new Error(found.error);
  return found;
}

/** @param {string} url @returns {Promise<Pictures>} */
async function fetchOriginal(url) {
  const response = await answer(url, "The original");
  if (response.status === 404) throw new Error((await response.json()).error);
  return parseFrame(await response.arrayBuffer());
}

/**
 * @param {string} model checkpoint id
 * @param {string} version of the checkpoint's content
 * @param {number} index of the data point
 * @returns {Promise<DataPoint>}
 */
export function loadPoint(model, version, index) {
  const url = `/api/checkpoints/${encodeURIComponent(model)}/points/${index}?v=${encodeURIComponent(version)}`;
  return points(url, () => fetchPoint(url));
}

/**
 * @param {string} dataset
 * @param {string} split
 * @param {number} index
 * @returns {Promise<Pictures|{error: string}>}
 *   never rejects: an original that cannot be shown is one sentence
 */
export function loadOriginal(dataset, split, index) {
  const url = `/api/datasets/${encodeURIComponent(dataset)}/${encodeURIComponent(split)}/${index}`;
  return originals(url, () => fetchOriginal(url)).catch((error) => ({ error: error.message }));
}

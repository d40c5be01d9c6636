/** One data point: its place in latent space, and the image it came from. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { promiseMemo } from "../wire/memo.js";

const points = promiseMemo(256);
const originals = promiseMemo(256);

async function fetchPoint(url) {
  const response = await answer(url, "The data point");
  const found = await response.json();
  if (found.error) throw new Error(found.error);
  return found;
}

async function fetchOriginal(url) {
  const response = await answer(url, "The original");
  if (response.status === 404) throw new Error((await response.json()).error);
  return parseFrame(await response.arrayBuffer());
}

/**
 * @param {string} model checkpoint id
 * @param {string} version of the checkpoint's content
 * @param {number} index of the data point
 * @returns {Promise<{index: number, label: number, mu: number[], logvar: number[]|null, nll: number, rate: number|null}>}
 */
export function loadPoint(model, version, index) {
  const url = `/api/checkpoints/${encodeURIComponent(model)}/points/${index}?v=${encodeURIComponent(version)}`;
  return points(url, () => fetchPoint(url));
}

/**
 * @param {string} dataset
 * @param {string} split
 * @param {number} index
 * @returns {Promise<{header: {n: number, c: number, h: number, w: number}, bytes: Uint8Array}|{error: string}>}
 *   never rejects: an original that cannot be shown is one sentence
 */
export function loadOriginal(dataset, split, index) {
  const url = `/api/datasets/${encodeURIComponent(dataset)}/${encodeURIComponent(split)}/${index}`;
  return originals(url, () => fetchOriginal(url)).catch((error) => ({ error: error.message }));
}

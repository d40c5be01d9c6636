/** Columns of a checkpoint: one number an image, or a point of a map, fetched once a page. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";
import { promiseMemo } from "../wire/memo.js";

/** @typedef {Float32Array|Uint8Array|Uint32Array} Column */

/** @type {(url: string, fetched: () => Promise<Column>) => Promise<Column>} */
const remembered = promiseMemo(64);

/**
 * @param {import("../wire/messages.js").Frame<import("../wire/messages.js").ColumnHeader>} frame
 * @returns {Column} quantised values restored; labels and numbers of images as they are
 */
export function columnValues({ header, bytes }) {
  if (header.dtype === "uint8") return bytes;
  if (header.dtype === "uint32") return new Uint32Array(bytes.slice().buffer);
  const quantised = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = (header.high - header.low) / 65535;
  const values = new Float32Array(header.n);
  for (let i = 0; i < header.n; i++) values[i] = header.low + step * quantised.getUint16(2 * i, true);
  return values;
}

/** @param {string} url */
async function fetchColumn(url) {
  const response = await answer(url, "The points");
  if (response.status === 404) throw new Error((await response.json()).error);
  return columnValues(parseFrame(await response.arrayBuffer()));
}

/**
 * @param {string} model checkpoint id
 * @param {string} version of the checkpoint's content
 * @param {string} name "label", "mu-3", "logvar-3", "pca-0", "nll", "rate", …
 * @param {"columns"|"map-columns"} of every image, or the points of a map
 * @returns {Promise<Column>} shared by all who ask: do not write into it
 */
export function loadColumn(model, version, name, of) {
  const path = `/api/checkpoints/${encodeURIComponent(model)}/${of}/${encodeURIComponent(name)}`;
  const url = `${path}?v=${encodeURIComponent(version)}`;
  return remembered(url, () => fetchColumn(url));
}

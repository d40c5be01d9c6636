/** Sprite sheets: the images behind the points of a map, 10,000 in one picture, asked for when first needed. */

import { answer } from "../wire/answers.js";
import { parseFrame } from "../wire/frame.js";

const BLOCK = 10_000;
const MOST_BYTES = 2 ** 29;
const AGAIN_MS = 5000;

/**
 * @typedef {{path: string, query: string}} Source the addresses of one model's sheets
 * @typedef {{bitmap: ImageBitmap, first: number, columns: number, h: number, w: number, standIn: boolean}} Sheet
 */

/** @param {Sheet} sheet @param {number} point whose image is in it @returns {[number, number, number, number]} left, top, width, height */
export function spriteBox({ first, columns, h, w }, point) {
  const at = point - first;
  return [w * (at % columns), h * Math.floor(at / columns), w, h];
}

/** @param {string} url @returns {Promise<Sheet>} */
async function fetchSheet(url) {
  const response = await answer(url, "The thumbnails");
  if (response.status === 404) throw new Error((await response.json()).error);
  /** @type {import("../wire/messages.js").Frame<import("../wire/messages.js").SheetHeader>} */
  const { header, bytes } = parseFrame(await response.arrayBuffer());
  const { stand_in: standIn, first, columns, h, w } = header;
  return { bitmap: await createImageBitmap(new Blob([bytes])), first, columns, h, w, standIn };
}

/** The sheets of one model at a time. They come one after the other, so that decoding under the hand is not kept waiting. */
export class Sprites {
  #arrived;
  /** @type {Source|null} */
  #source = null;
  /** @type {Promise<void>} */
  #turn = Promise.resolve();
  /** A block's sheet; null while it is on its way, or has just failed. @type {Map<number, Sheet|null>} */
  #sheets = new Map();
  #bytes = 0;

  /** @param {() => void} arrived called when there is one more sheet to draw from */
  constructor(arrived) {
    this.#arrived = arrived;
  }

  /** @param {{model: string, version: string}} data of another model lets the sheets of the one before go */
  adopt({ model, version }) {
    const path = `/api/checkpoints/${encodeURIComponent(model)}/thumbnails/`;
    const next = { path, query: `?v=${encodeURIComponent(version)}` };
    if (next.path === this.#source?.path && next.query === this.#source.query) return;
    this.close();
    this.#source = next;
  }

  /** @param {number} point its place among the points @returns {Sheet|null} null when it is not here yet; then it is asked for */
  sheet(point) {
    const block = Math.floor(point / BLOCK);
    if (!this.#sheets.has(block) && this.#source && this.#bytes < MOST_BYTES) this.#ask(block, this.#source);
    return this.#sheets.get(block) ?? null;
  }

  /** Whether what is shown are reconstructions, because the data set is not on this machine. */
  get standIn() {
    return [...this.#sheets.values()].some((sheet) => sheet?.standIn);
  }

  close() {
    this.#source = null;
    for (const sheet of this.#sheets.values()) sheet?.bitmap.close();
    this.#sheets.clear();
    this.#bytes = 0;
  }

  /** @param {number} block @param {Source} source */
  #ask(block, source) {
    this.#sheets.set(block, null);
    this.#turn = this.#turn.then(() => (source === this.#source ? this.#load(block, source) : undefined));
  }

  /** @param {number} block @param {Source} source */
  async #load(block, source) {
    const sheet = await fetchSheet(source.path + block + source.query).catch(() => null);
    if (source !== this.#source) return sheet?.bitmap.close();
    if (!sheet) return void setTimeout(() => source === this.#source && this.#sheets.delete(block), AGAIN_MS);
    this.#sheets.set(block, sheet);
    this.#bytes += 4 * sheet.bitmap.width * sheet.bitmap.height;
    this.#arrived();
  }
}

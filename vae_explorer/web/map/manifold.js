/** The decoded manifold under the points: one sheet of pictures, drawn with the view and asked for again when it rests. */

import { brush } from "../pieces/element.js";
import { mosaic } from "../pieces/pictures.js";
import { placesRequest } from "./requests.js";
import { halo } from "./halo.js";
import { baseStep, centres, latticeGrid, mostCells } from "./lattice.js";
import { lift } from "../plot/plane.js";
import { Preview } from "./preview.js";
import { planeKey } from "./scene.js";
import { fit, toScreen } from "../plot/view.js";

const REST_MS = 150;

/**
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { PictureRequest, Reply } from "../wire/messages.js"
 * @import { Surface } from "../plot/panned.js"
 * @import { Plane } from "../plot/plane.js"
 * @import { Bounds, Size, View } from "../plot/view.js"
 * @import { MapData, Switch } from "./data.js"
 * @import { Grid } from "./lattice.js"
 */
/**
 * @typedef {{request: PictureRequest, grid: Grid, home: string}} Wanted home: the plane of the map that it belongs to
 * @typedef {{home: string, grid: Grid, canvas: HTMLCanvasElement, w: number}} DrawnSheet w: of one picture, px
 * @typedef {Pick<MapData, "model"|"version"|"plane"|"axes"|"image"|"y">} Decoder
 * @typedef {{view: View, bounds: Bounds, size: Size}} Looked what is seen, and what "everything" is
 */

/**
 * Pictures as faint as their places are far from the data.
 * @param {{width: number, pixels: Uint8ClampedArray}} sheet its alpha is written
 * @param {{h: number, w: number}} image @param {number[]} distances one a picture
 */
export function fade({ width, pixels }, { h, w }, distances) {
  const columns = width / w;
  distances.forEach((distance, k) => {
    const alpha = Math.round(255 * halo(distance));
    const corner = Math.floor(k / columns) * h * width + (k % columns) * w;
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) pixels[4 * (corner + y * width + x) + 3] = alpha;
  });
}

/**
 * The code that the pin's plane has at its zero, short: a pin that moves within the plane changes nothing.
 * @param {Plane} plane @param {number[]} pin
 */
const beneath = (plane, pin) => lift(plane, [0, 0], pin).map((value) => Number(value.toFixed(5)));

/** @param {Decoder} data @param {Looked} looked */
function gridOf({ image, axes }, { view, bounds, size }) {
  const shape = { aspect: image.h / image.w, most: mostCells(image), flat: axes.length < 2 };
  return latticeGrid(view, size, baseStep(fit(bounds, size).scale, size, shape), shape);
}

/** @param {Reply} reply @param {Grid} grid @returns {HTMLCanvasElement} */
function painted({ header, bytes }, { columns }) {
  const sheet = mosaic(header, bytes, { columns });
  if (header.distance) fade(sheet, header, header.distance);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: sheet.width, height: sheet.height });
  brush(canvas).putImageData(new ImageData(sheet.pixels, sheet.width, sheet.height), 0, 0);
  return canvas;
}

export class Manifold {
  /** @type {Preview<Wanted>} */
  #preview;
  /** @type {number|undefined} */
  #timer;
  /** @type {string|null} */
  #key = null;
  /** @type {DrawnSheet|null} */
  #sheet = null;

  /** @param {() => void} changed there is another sheet @param {(message: string) => void} status */
  constructor(changed, status) {
    this.#preview = new Preview((reply, { grid, home }) => {
      this.#sheet = { grid, home, canvas: painted(reply, grid), w: reply.header.w };
      changed();
    }, status);
  }

  /**
   * Ask for another sheet, where one is needed, once the view rests.
   * @param {Decoder} data @param {Looked} looked @param {number[]} pin [D] @param {Switch} refine
   */
  follow(data, looked, pin, refine) {
    const { plane } = data;
    const code = plane.kind === "map" ? null : beneath(plane, pin);
    const grid = gridOf(data, looked);
    const home = planeKey(data);
    const key = JSON.stringify([home, data.version, data.y, grid, refine, code]);
    if (key === this.#key) return;
    this.#key = key;
    clearTimeout(this.#timer);
    const request = () => ({ ...placesRequest(data, code ?? pin, refine, centres(grid)), brief: true });
    this.#timer = setTimeout(() => this.#preview.show({ request: request(), grid, home }), REST_MS);
  }

  /**
   * @param {Pick<Pen, "drawImage"|"globalAlpha"|"imageSmoothingEnabled">} context its origin at the plot's top left, in CSS px
   * @param {Decoder} data @param {Surface} surface @param {number} opacity
   */
  draw(context, data, { view, size, dpr }, opacity) {
    if (this.#sheet?.home !== planeKey(data)) return;
    const { grid, canvas, w } = this.#sheet;
    const [x, y] = toScreen(view, size, [grid.left * grid.step, (grid.top + 1) * grid.rise]);
    const [cell, high] = [grid.step * view.scale, grid.rise * view.scale];
    context.globalAlpha = opacity;
    context.imageSmoothingEnabled = cell * dpr < w;
    context.drawImage(canvas, x, y, grid.columns * cell, grid.rows * high);
  }

  /** Nothing is asked for until the next time. */
  stop() {
    clearTimeout(this.#timer);
    this.#key = null;
  }

  close() {
    this.stop();
    this.#preview.close();
  }
}

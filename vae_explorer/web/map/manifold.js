/** The decoded manifold under the points: one sheet of pictures, drawn with the view and asked for again when it rests. */

import { mosaic } from "../pieces/pictures.js";
import { placesAsked } from "./requests.js";
import { halo } from "./halo.js";
import { baseStep, centres, latticeGrid, mostCells } from "./lattice.js";
import { lift } from "../plot/plane.js";
import { Preview } from "./preview.js";
import { planeKey } from "./scene.js";
import { fit, toScreen } from "../plot/view.js";

const REST_MS = 150;

/**
 * Pictures as faint as their places are lonely.
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

/** The code that the pin's plane has at its zero, short: a pin that moves within the plane changes nothing. */
const beneath = (plane, pin) => lift(plane, [0, 0], pin).map((value) => Number(value.toFixed(5)));

export class Manifold {
  #asking;
  #timer = null;
  #key = null;
  /** @type {{home: string, grid: import("./lattice.js").Grid, canvas: HTMLCanvasElement, w: number}|null} */
  #sheet = null;

  /** @param {() => void} changed there is another sheet @param {(message: string) => void} status */
  constructor(changed, status) {
    const told = (reply, { grid, home }) => {
      this.#sheet = { grid, home, canvas: this.#painted(reply, grid), w: reply.header.w };
      changed();
    };
    this.#asking = new Preview(told, status);
  }

  /** Ask for another sheet, where one is needed, once the view rests. @param {object} map @param {import("../plot/view.js").Size} size */
  follow(map, size) {
    const { data, camera, choice } = map;
    const code = data.plane.kind === "map" ? null : beneath(data.plane, choice.pin);
    const shape = { aspect: data.image.h / data.image.w, most: mostCells(data.image), flat: data.axes.length < 2 };
    const grid = latticeGrid(camera.view, size, baseStep(fit(camera.bounds, size).scale, size, shape), shape);
    const home = planeKey(data);
    const key = JSON.stringify([home, data.version, data.y, grid, map.layers.values.refine, code]);
    if (key === this.#key) return;
    this.#key = key;
    clearTimeout(this.#timer);
    const through = { ...map, choice: { pin: code ?? choice.pin } };
    const ask = () => ({ ...placesAsked(through, centres(grid)), brief: Boolean(data.plane.projection) });
    this.#timer = setTimeout(() => this.#asking.show({ asked: ask(), grid, home }), REST_MS);
  }

  /** @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px @param {object} map @param {object} surface */
  draw(context, { data, camera: { view }, layers }, { size, dpr }) {
    if (this.#sheet?.home !== planeKey(data)) return;
    const { grid, canvas, w } = this.#sheet;
    const [x, y] = toScreen(view, size, [grid.left * grid.step, (grid.top + 1) * grid.rise]);
    const [cell, high] = [grid.step * view.scale, grid.rise * view.scale];
    context.globalAlpha = layers.values.lattice;
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
    this.#asking.close();
  }

  #painted({ header, bytes }, { columns }) {
    const sheet = mosaic(header, bytes, { columns });
    if (header.distance) fade(sheet, header, header.distance);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: sheet.width, height: sheet.height });
    canvas.getContext("2d").putImageData(new ImageData(sheet.pixels, sheet.width, sheet.height), 0, 0);
    return canvas;
  }
}

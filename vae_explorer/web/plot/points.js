/** The layer of points: keeps its raster, clears and stamps it, and puts it on the canvas in one go. */

import { FADED, SHOWN } from "./cloud.js";
import { brush } from "../pieces/element.js";
import { diameter, PAD, raster, scatter } from "./scatter.js";
import { toScreen } from "./view.js";

const FADED_OPACITY = 38;

export class PointLayer {
  #canvas;
  /** @type {import("./scatter.js").Raster|null} */
  #raster = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /**
   * @param {{cloud: import("./density.js").Points & {n: number}, bounds: import("./view.js").Bounds}} scene @param {Uint32Array} colours @param {Uint8Array} groups
   * @param {import("./view.js").View} view @param {import("./view.js").Size} size @param {number} dpr
   */
  draw({ cloud, bounds }, colours, groups, view, size, dpr) {
    const { width, height } = this.#canvas;
    if (this.#raster?.width === width && this.#raster.height === height) this.#raster.pixels.fill(0);
    else this.#raster = raster(width, height);
    const [x, y] = toScreen(view, size, [0, 0]);
    const origin = { x: x * dpr, y: y * dpr, scale: view.scale * dpr };
    const stampSize = Math.min(15, Math.max(1, Math.round(diameter(cloud.n, bounds, view.scale) * dpr)));
    scatter(this.#raster, cloud, colours, groups, FADED, origin, stampSize, FADED_OPACITY);
    scatter(this.#raster, cloud, colours, groups, SHOWN, origin, stampSize, 255);
    brush(this.#canvas).putImageData(this.#raster.image, -PAD, -PAD);
  }
}

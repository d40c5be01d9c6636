/** The drawing surface: canvases on top of each other, drawn only when something changed, sharp on every screen. */

import { watchTheme } from "../pieces/theme.js";
import { margins } from "../plot/axes.js";
import { brush, element } from "../pieces/element.js";

const KEYS =
  "Map of the latent space. Arrow keys move the pinned z, with Shift farther; Enter chooses the nearest image; S begins a box " +
  "at the pin, which the arrow keys draw and Enter selects; plus and minus zoom; 0 shows everything; Escape clears the selection " +
  "and the chosen point.";

/** @param {HTMLCanvasElement} canvas @param {number} left @param {number} top @param {number} width @param {number} height CSS px @param {number} dpr */
function resize(canvas, left, top, width, height, dpr) {
  canvas.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
}

/** @typedef {"axes"|"lattice"|"points"|"pictures"|"overlay"} Layer from the lowest to the uppermost */

/** @type {Layer[]} */
const LAYERS = ["axes", "lattice", "points", "pictures", "overlay"];

export class Stage {
  #draw;
  #resized;
  /** @type {Set<Layer>} */
  #stale = new Set();
  /** @type {number|null} */
  #frame = null;
  #flat = false;
  /** @type {(() => void)[]} */
  #watches = [];

  /**
   * @param {(layer: Layer) => void} draw called within an animation frame, for stale layers only
   * @param {() => void} resized called after the plot got another size
   */
  constructor(draw, resized) {
    this.#draw = draw;
    this.#resized = resized;
    this.layers = {
      axes: element("canvas", "map-axes", { "aria-hidden": "true" }),
      lattice: element("canvas", "map-lattice", { "aria-hidden": "true" }),
      points: element("canvas", "map-points", { "aria-hidden": "true" }),
      pictures: element("canvas", "map-over", { "aria-hidden": "true" }),
      overlay: element("canvas", "map-canvas", { tabindex: "0", role: "application", "aria-label": KEYS }),
    };
    this.root = element("div", "map-stage", {}, Object.values(this.layers));
    this.size = { width: 0, height: 0 };
    this.dpr = 1;
    this.#watch();
  }

  /** @param {Layer} layer @returns {CanvasRenderingContext2D} cleared, in CSS px from the layer's top left. */
  context(layer) {
    const canvas = this.layers[layer];
    const context = brush(canvas);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
    return context;
  }

  /** @param {...Layer} layers are drawn at the next frame; all of them when none is named. */
  invalidate(...layers) {
    for (const layer of layers.length ? layers : LAYERS) this.#stale.add(layer);
    this.#frame ??= requestAnimationFrame(() => this.#paint());
  }

  /** @param {boolean} flat one latent unit: no second axis */
  shape(flat) {
    if (this.#flat === flat) return;
    this.#flat = flat;
    this.#measure();
  }

  close() {
    this.#unplan();
    for (const stop of this.#watches) stop();
  }

  #watch() {
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(this.root);
    const onWindow = () => this.#measure();
    window.addEventListener("resize", onWindow);
    this.#watches = [
      () => observer.disconnect(),
      () => window.removeEventListener("resize", onWindow),
      watchTheme(this.root, () => this.invalidate()),
    ];
  }

  #measure() {
    const [width, height] = [this.root.clientWidth, this.root.clientHeight];
    const dpr = window.devicePixelRatio || 1;
    const { left, right, top, bottom } = margins(this.#flat);
    const size = { width: Math.max(0, width - left - right), height: Math.max(0, height - top - bottom) };
    if (size.width === this.size.width && size.height === this.size.height && dpr === this.dpr) return;
    this.size = size;
    this.dpr = dpr;
    if (!this.visible) return;
    const { axes, ...plots } = this.layers;
    resize(axes, 0, 0, width, height, dpr);
    for (const canvas of Object.values(plots)) resize(canvas, left, top, size.width, size.height, dpr);
    this.#resized();
    this.invalidate();
    this.#paint();
  }

  /** Whether there is anything to draw on. */
  get visible() {
    return this.size.width > 0 && this.size.height > 0;
  }

  #unplan() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #paint() {
    this.#unplan();
    if (!this.visible) return;
    const stale = [...this.#stale];
    this.#stale.clear();
    for (const layer of stale) this.#draw(layer);
  }
}

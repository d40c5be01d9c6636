/** Draws a layer of the stage from what the map holds. */

import { drawAxes } from "./axes.js";
import { ColourBar } from "./colourbar.js";
import { Colouring } from "./colouring.js";
import { drawOverlay } from "./overlay.js";
import { covariance, project } from "./plane.js";
import { PointLayer } from "./points.js";

export class Painter {
  bar = new ColourBar();
  #stage;
  #points;
  #colouring = new Colouring();

  /** @param {import("./stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#points = new PointLayer(stage.layers.points);
  }

  /** @param {{data: object, scene: object, camera: object}} map @param {object} theme */
  axes({ data, camera: { view } }, theme) {
    const { size, dpr } = this.#stage;
    const names = data.axes.map(({ label }) => label);
    drawAxes(this.#stage.context("axes"), { view, size, names, flat: names.length < 2 }, theme, dpr);
  }

  /** @param {{data: object, scene: object, filter: object, camera: object}} map @param {object} theme */
  points({ data, scene, filter: { groups }, camera: { view } }, theme) {
    const { size, dpr } = this.#stage;
    if (this.#colouring.update(scene.cloud, data, theme.dark)) this.#showBar(data.colour);
    this.#points.draw(scene, this.#colouring.colours, groups, view, size, dpr);
  }

  /** @param {{data: object, camera: object, decoding: object, manifold: object}} map */
  lattice(map) {
    const shown = map.data.card && map.decoding.lattice > 0;
    this.#stage.layers.lattice.hidden = !shown;
    if (!shown) return map.manifold.stop();
    map.manifold.follow(map, this.#stage.size);
    map.manifold.draw(this.#stage.context("lattice"), map, this.#stage);
  }

  /** @param {{data: object, scene: object, camera: object, choice: object, hand: object, whereabouts: object, reading: object}} map @param {object} theme */
  overlay(map, theme) {
    const { data: { plane, card }, scene, camera: { view }, choice: { details }, hand } = map;
    const context = this.#stage.context("overlay");
    if (!card) return;
    const { pointer, near, area, resting } = hand;
    const linear = plane.kind !== "map" && details?.logvar;
    const posterior = linear && { place: project(plane, details.mu), covariance: covariance(plane, details.logvar) };
    const marks = {
      view,
      size: this.#stage.size,
      pin: map.whereabouts.place(map),
      chosen: details !== null,
      told: map.reading.now,
      posterior: posterior || null,
      pointer: resting ? null : pointer,
      near: near === null || resting ? null : [scene.cloud.xs[near], scene.cloud.ys[near]],
      area,
    };
    drawOverlay(context, marks, theme);
  }

  #showBar({ label }) {
    const { scale } = this.#colouring;
    if (scale) this.bar.show(label, scale.range, scale.ramp);
    else this.bar.hide();
  }
}

/** Draws a layer of the stage from what the map holds. */

import { drawAxes } from "../plot/axes.js";
import { ColourBar } from "./colourbar.js";
import { Colouring } from "./colours.js";
import { ContourLayer } from "../plot/contours.js";
import { element } from "../pieces/element.js";
import { neighbourPlaces } from "./neighbours.js";
import { drawOverlay } from "./overlay.js";
import { covariance, project } from "../plot/plane.js";
import { PointLayer } from "../plot/points.js";
import { drawThumbnails, pictureAt } from "./thumbnails.js";

const STAND_IN = "Reconstructions: the data set is not on this machine";
const NONE = { pictures: [], firm: false };

export class Painter {
  bar = new ColourBar();
  standIn = element("p", "map-stand-in", {}, [STAND_IN]);
  #stage;
  #points;
  #colouring = new Colouring();
  #contours = new ContourLayer();
  #drawn = NONE;

  /** @param {import("./stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#points = new PointLayer(stage.layers.points);
  }

  /** @param {{data: object, scene: object, camera: object}} map @param {object} theme */
  axes({ data, camera: { view } }, theme) {
    const { size, dpr } = this.#stage;
    const names = data.axes.map(({ label }) => label);
    drawAxes(this.#stage.context("axes"), { view, size, names, flat: names.length < 2, zeros: data.plane.kind !== "map" }, theme, dpr);
  }

  /** @param {{data: object, scene: object, filter: object, camera: object}} map @param {object} theme */
  points({ data, scene, filter: { groups }, camera: { view } }, theme) {
    const { size, dpr } = this.#stage;
    this.#colour(scene, data, theme);
    this.#points.draw(scene, this.#colouring.colours, groups, view, size, dpr);
  }

  /** @param {{data: object, camera: object, layers: object, manifold: object}} map */
  lattice(map) {
    const shown = map.data.card && map.layers.values.lattice > 0;
    this.#stage.layers.lattice.hidden = !shown;
    if (!shown) return map.manifold.stop();
    map.manifold.follow(map, this.#stage.size);
    map.manifold.draw(this.#stage.context("lattice"), map, this.#stage);
  }

  /** @param {{data: object, scene: object, filter: object, camera: object, layers: object, sprites: object}} map @param {object} theme */
  pictures({ data, scene: { cloud }, filter, camera: { view }, layers: { values }, sprites }, theme) {
    const context = this.#stage.context("pictures");
    const { size, dpr } = this.#stage;
    const contours = values.contours === "on" && data.axes.length > 1;
    if (contours) this.#contours.draw(context, cloud, filter, { view, size, dpr }, theme);
    const seen = { cloud, groups: filter.groups, view, size };
    const wanted = values.thumbnails === "on" && data.card;
    this.#drawn = wanted ? drawThumbnails(context, seen, this.#colouring.colours, sprites) : NONE;
    const any = this.#drawn.pictures.length > 0;
    this.standIn.hidden = !(any && sprites.standIn);
    this.#stage.layers.pictures.hidden = !(any || contours);
  }

  /** @param {[number, number]} at CSS px from the plot's top left @returns {number|null} drawing position of the point whose picture is there */
  pictureAt(at) {
    return this.#drawn.firm ? pictureAt(this.#drawn.pictures, at) : null;
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
      neighbours: neighbourPlaces(map),
      pointer: resting ? null : pointer,
      near: near === null || resting ? null : [scene.cloud.xs[near], scene.cloud.ys[near]],
      area,
    };
    drawOverlay(context, marks, theme);
  }

  #colour({ cloud }, data, theme) {
    if (this.#colouring.update(cloud, data, theme.dark)) this.#showBar(data.colour);
  }

  #showBar({ label }) {
    const { scale } = this.#colouring;
    if (scale) this.bar.show(label, scale.range, scale.ramp);
    else this.bar.hide();
  }
}

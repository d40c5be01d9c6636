/** Draws a layer of the stage from what there is to see. */

import { drawAxes } from "../plot/axes.js";
import { AxisTitles } from "../plot/axis_titles.js";
import { ColourBar } from "./colourbar.js";
import { PointColours } from "./colours.js";
import { ContourLayer } from "../plot/contours.js";
import { element } from "../pieces/element.js";
import { NameLayer } from "./names.js";
import { neighbourPlaces } from "./neighbours.js";
import { drawOverlay } from "./overlay.js";
import { covariance, project } from "../plot/plane.js";
import { PointLayer } from "../plot/points.js";
import { savedMap } from "./saved_map.js";
import { drawThumbnails, pictureAt } from "./thumbnails.js";

const STAND_IN = "Reconstructions: the data set is not on this machine";
/** @type {Thumbnails} */
const NONE = { pictures: [], firm: false };

/**
 * @import { DataPoint } from "../wire/messages.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Sprites } from "../pieces/sprites.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Bounds, Place, View } from "../plot/view.js"
 * @import { Choice } from "./choice.js"
 * @import { LayerValues, MapData } from "./data.js"
 * @import { Filter } from "./filter.js"
 * @import { Hand } from "./hand.js"
 * @import { Manifold } from "./manifold.js"
 * @import { Located } from "./readout.js"
 * @import { Scene } from "./scene.js"
 * @import { Stage } from "./stage.js"
 * @import { Thumbnails } from "./thumbnails.js"
 */
/**
 * @typedef {{data: MapData, scene: Scene, view: View, bounds: Bounds, filter: Filter, values: LayerValues, choice: Choice,
 *   hand: Hand, pin: Place|null, located: Located|null}} Seen
 *   bounds: what "everything" is; pin: where it lies; located: what is known of the place that the card is about
 */

/** @param {DataPoint|null} point @param {MapData["plane"]} plane @returns {import("./overlay.js").Posterior|null} none on a fitted map */
function posteriorOf(point, plane) {
  if (!point?.logvar || plane.kind === "map") return null;
  return { place: project(plane, point.mu), covariance: covariance(plane, point.logvar) };
}

export class Painter {
  bar = new ColourBar();
  titles = new AxisTitles();
  standIn = element("p", "map-stand-in", {}, [STAND_IN]);
  #stage;
  #sprites;
  #manifold;
  #points;
  #colours = new PointColours();
  #contours = new ContourLayer();
  #names = new NameLayer();
  #drawn = NONE;

  /** @param {Stage} stage @param {Sprites} sprites @param {Manifold} manifold */
  constructor(stage, sprites, manifold) {
    this.#stage = stage;
    this.#sprites = sprites;
    this.#manifold = manifold;
    this.#points = new PointLayer(stage.layers.points);
  }

  /** @param {Pick<Seen, "data"|"view">} seen @param {Theme} theme */
  axes({ data: { axes, plane }, view }, theme) {
    const { size, dpr } = this.#stage;
    drawAxes(this.#stage.context("axes"), { view, size, flat: axes.length < 2, zeros: plane.kind !== "map" }, theme, dpr);
    this.titles.show(axes.map(({ label }) => label));
  }

  /** @param {Pick<Seen, "data"|"scene"|"view"|"filter">} seen @param {Theme} theme */
  points({ data, scene, view, filter: { groups } }, theme) {
    const { size, dpr } = this.#stage;
    if (this.#colours.update(scene.cloud, data, theme.dark)) this.#showBar(data.colour);
    this.#points.draw(scene, this.#colours.colours, groups, view, size, dpr);
  }

  /** @param {Pick<Seen, "data"|"view"|"bounds"|"values"|"choice">} seen */
  lattice({ data, view, bounds, values, choice: { pin } }) {
    const { size, dpr } = this.#stage;
    const shown = data.card && values.lattice > 0;
    this.#stage.layers.lattice.hidden = !shown;
    if (!shown) return this.#manifold.stop();
    this.#manifold.follow(data, { view, bounds, size }, pin, values.refine);
    this.#manifold.draw(this.#stage.context("lattice"), data, { view, size, dpr }, values.lattice);
  }

  /** @param {Pick<Seen, "data"|"scene"|"view"|"filter"|"values">} seen @param {Theme} theme */
  pictures({ data, scene: { cloud }, view, filter, values }, theme) {
    const context = this.#stage.context("pictures");
    const { size, dpr } = this.#stage;
    const contours = values.contours === "on" && data.axes.length > 1;
    if (contours) this.#contours.draw(context, cloud, filter, { view, size, dpr }, theme);
    const seen = { cloud, groups: filter.groups, view, size };
    const wanted = values.thumbnails === "on" && data.card;
    this.#drawn = wanted ? drawThumbnails(context, seen, this.#colours.colours, this.#sprites) : NONE;
    const any = this.#drawn.pictures.length > 0;
    this.standIn.hidden = !(any && this.#sprites.standIn);
    const points = { cloud, groups: filter.groups, hidden: filter.hidden, legend: data.legend };
    const named = values.names === "on" && data.axes.length > 1 && this.#names.draw(context, points, { view, size }, theme);
    this.#stage.layers.pictures.hidden = !(any || contours || named);
  }

  /** @param {Place} at CSS px from the plot's top left @returns {number|null} drawing position of the point whose picture is there */
  pictureAt(at) {
    return this.#drawn.firm ? pictureAt(this.#drawn.pictures, at) : null;
  }

  /** @param {Pick<Seen, "data"|"scene"|"view"|"choice"|"hand"|"pin"|"located">} seen @param {Theme} theme */
  overlay({ data, scene: { cloud }, view, choice, hand, pin, located }, theme) {
    const context = this.#stage.context("overlay");
    const { card } = data;
    const { pointer, near, area, resting } = hand;
    /** @type {import("./overlay.js").Marks} */
    const marks = {
      view,
      size: this.#stage.size,
      pin: card ? pin : null,
      chosen: choice.details !== null,
      located,
      posterior: card ? posteriorOf(choice.details, data.plane) : null,
      neighbours: neighbourPlaces(data, choice.point, cloud),
      pointer: resting ? null : pointer,
      near: near === null || resting ? null : [cloud.xs[near], cloud.ys[near]],
      area,
    };
    drawOverlay(context, marks, theme);
  }

  /** The map as a file. @param {Kind} kind @param {Seen} seen @param {Theme} theme @returns {Promise<Blob>} */
  saved(kind, seen, theme) {
    return savedMap(kind, seen, { size: this.#stage.size, colours: this.#colours, names: this.#names }, theme);
  }

  /** @param {MapData["colour"]} colour */
  #showBar(colour) {
    const { scale } = this.#colours;
    if (scale && colour.kind === "value") this.bar.show(colour.label, scale.range, scale.ramp);
    else this.bar.hide();
  }
}

/** Draws a layer of the stage from what there is to see. */

import { drawAxes } from "../plot/axes.js";
import { AxisTitles } from "../plot/axis_titles.js";
import { ColourBar } from "../plot/colourbar.js";
import { PointColours } from "../plot/point_colours.js";
import { ContourLayer } from "../plot/contours.js";
import { element } from "../pieces/element.js";
import { NameLayer } from "./names.js";
import { neighbourPlaces } from "./neighbours.js";
import { drawOverlay } from "./overlay.js";
import { covariance, project } from "../plot/plane.js";
import { drawPoints } from "../plot/plot_block.js";
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
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Layer } from "../plot/plot_block.js"
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

/** @param {Pick<Seen, "data"|"values">} seen */
const contoured = ({ data, values }) => values.contours === "on" && data.axes.length > 1;

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
    const shown = values.lattice > 0;
    this.#stage.layers.lattice.hidden = !shown;
    if (!shown) return this.#manifold.stop();
    this.#manifold.follow(data, { view, bounds, size }, pin, values.refine);
    this.#manifold.draw(this.#stage.context("lattice"), data, { view, size, dpr }, values.lattice);
  }

  /** @param {Seen} seen @param {Theme} theme */
  pictures(seen, theme) {
    const context = this.#stage.context("pictures");
    const { scene: { cloud }, view, filter } = seen;
    const { size, dpr } = this.#stage;
    const contours = contoured(seen);
    if (contours) this.#contours.draw(context, cloud, filter, { view, size, dpr }, theme);
    this.#drawn = this.#thumbnails(context, seen);
    const any = this.#drawn.pictures.length > 0;
    this.standIn.hidden = !(any && this.#sprites.standIn);
    const named = this.#named(context, seen, theme);
    this.#stage.layers.pictures.hidden = !(any || contours || named);
  }

  /** @param {Pen} pen @param {Seen} seen @returns {Thumbnails} */
  #thumbnails(pen, { data, scene: { cloud }, view, filter: { groups }, values }) {
    const wanted = values.thumbnails === "on";
    return wanted ? drawThumbnails(pen, { cloud, groups, view, size: this.#stage.size }, this.#colours.colours, this.#sprites) : NONE;
  }

  /** @param {Pen} pen @param {Seen} seen @param {Theme} theme @returns {boolean} whether there are any names */
  #named(pen, { data, scene: { cloud }, view, filter: { groups, hidden }, values }, theme) {
    if (values.names === "off" || data.axes.length < 2) return false;
    return this.#names.draw(pen, { cloud, groups, hidden, legend: data.legend }, { view, size: this.#stage.size }, theme);
  }

  /** @param {Place} at CSS px from the plot's top left @returns {number|null} drawing position of the point whose picture is there */
  pictureAt(at) {
    return this.#drawn.firm ? pictureAt(this.#drawn.pictures, at) : null;
  }

  /** @param {Seen} seen @param {Theme} theme */
  overlay(seen, theme) {
    const { scene: { cloud }, hand: { pointer, near, area, resting } } = seen;
    const hand = {
      pointer: resting ? null : pointer,
      near: near === null || resting ? null : /** @type {Place} */ ([cloud.xs[near], cloud.ys[near]]),
      area,
    };
    drawOverlay(this.#stage.context("overlay"), { ...this.#marks(seen), ...hand }, theme);
  }

  /** What is marked without the hand. @param {Seen} seen @returns {import("./overlay.js").Marks} */
  #marks({ data, scene: { cloud }, view, choice, pin, located }) {
    return {
      view,
      size: this.#stage.size,
      pin,
      chosen: choice.details !== null,
      located,
      posterior: posteriorOf(choice.details, data.plane),
      neighbours: neighbourPlaces(data, choice.point, cloud),
      pointer: null,
      near: null,
      area: null,
    };
  }

  /** The map as a file, but for the hand's own marks. @param {Kind} kind @param {Seen} seen @param {Theme} theme @returns {Promise<Blob>} */
  saved(kind, seen, theme) {
    const { data, scene, view, filter, values } = seen;
    const { size } = this.#stage;
    const surface = { view, size, dpr: kind.format === "png" ? kind.scale : 1 };
    const points = { ...scene, colours: this.#colours.colours, groups: filter.groups };
    /** @type {Layer[]} */
    const layers = [
      (pen) => values.lattice > 0 && this.#manifold.draw(pen, data, surface, values.lattice),
      (pen) => drawPoints(pen, points, view, size),
      (pen) => contoured(seen) && this.#contours.trace(pen, scene.cloud, filter, surface, theme),
      (pen) => this.#thumbnails(pen, seen),
      (pen) => this.#named(pen, seen, theme),
      (pen) => drawOverlay(pen, this.#marks(seen), theme),
    ];
    const notes = this.standIn.hidden ? [] : [`${STAND_IN}.`];
    return savedMap(kind, seen, { size, colours: this.#colours, layers, notes }, theme);
  }

  /** @param {MapData["colour"]} colour */
  #showBar(colour) {
    const { scale } = this.#colours;
    if (scale && colour.kind === "value") this.bar.show(colour.label, scale.range, scale.ramp);
    else this.bar.hide();
  }
}

/** One model of the comparison, from its heading to its bars; every row is level with the same row of the others. */

import { element } from "../pieces/element.js";
import { setExplained } from "../pieces/terms.js";
import { Bars } from "./bars.js";
import { project } from "../plot/plane.js";
import { carriedPlace } from "./codes.js";
import { difference, distance } from "./difference.js";
import { Field } from "./field.js";
import { Frame } from "./frame.js";
import { Pictures as PictureBlock } from "./pictures.js";
import { ColumnStream } from "./stream.js";
import { Strip } from "./strip.js";
import { TurnedPoints } from "../plot/turned_points.js";

/**
 * @import { Status } from "../pieces/status.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { Pictures } from "../wire/messages.js"
 * @import { Scale } from "./bars.js"
 * @import { Told } from "./field.js"
 * @import { Hand } from "./codes.js"
 * @import { ComparedModel, ComparisonData, Figure } from "./data.js"
 * @import { Rested } from "./stream.js"
 */
/** @typedef {Told & {move: (t: number) => void, row: (row: number) => void, rested: () => void}} Acts what the hand did in this column */
/** @typedef {{data: ComparisonData, column: number, cloud: Cloud, labels: ArrayLike<number>, scale: Scale}} Shown */

const GAP = 8;
/** CSS px of a picture, at most. */
const LARGEST = 176;

export class Column {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Pictures|null} */
  reconstruction = null;
  /** Its place on the map. @type {Hand|null} */
  #hand = null;
  /** The model that the page told of. */
  #told = "";
  #title = element("h2", "title");
  #built = element("p", "built");
  #figures = element("dl", "figures");
  #frames = {
    reconstruction: new Frame("reconstruction", "Recon\u00adstruction"),
    difference: new Frame("difference", "Difference"),
    hand: new Frame("hand", "Under the hand"),
  };
  #caption = element("p", "caption");

  /** @param {Acts} acts @param {Status} status */
  constructor(acts, status) {
    this.acts = acts;
    this.field = new Field(acts);
    this.strip = new Strip(acts.move);
    this.bars = new Bars(acts.row);
    this.rows = [new PictureBlock(status), new PictureBlock(status)];
    this.stream = new ColumnStream(
      (rested) => this.#rested(rested),
      (picture) => this.#frames.hand.paint(picture),
      status,
    );
    this.turned = new TurnedPoints(() => this.#drawn, (model) => this.#turn(model));
    const heading = element("header", "heading", {}, [this.#title, this.#built]);
    const frames = element("div", "frames", {}, Object.values(this.#frames).map(({ root }) => root));
    const below = [this.bars.root, ...this.rows.map(({ root }) => root)];
    const level = [heading, this.#figures, this.strip.root, frames, this.field.root, this.#caption, ...below];
    this.root = element("section", "column", {}, level);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    const { data, column, cloud, labels, scale } = shown;
    const model = data.models[column];
    this.#told = model.map.model;
    this.root.classList.remove("turned");
    this.root.style.setProperty("--mark", model.mark);
    this.root.setAttribute("aria-label", `${model.title}, ${model.map.model}`);
    setExplained(this.#title, model.title);
    setExplained(this.#built, model.built);
    this.#figures.replaceChildren(...model.figures.map(figure));
    setExplained(this.#caption, model.map.caption);
    this.stream.adopt({ model, column, carried: data.models.map(({ carried }) => carried[column]), strip: data.strip, labels });
    this.field.show(model.map, data, cloud);
    this.bars.show(model, scale, rowOf(data));
    this.strip.describe(model.units[rowOf(data)], data.span, data.strip.length);
    this.lay();
  }

  /** Takes the room that there is. */
  lay() {
    if (!this.#shown || !this.root.clientWidth) return;
    const { data, column } = this.#shown;
    const width = this.root.clientWidth;
    for (const frame of Object.values(this.#frames)) frame.lay(data.image, Math.min(LARGEST, Math.floor((width - 2 * GAP) / 3)));
    this.strip.lay(data.image, width);
    this.rows.forEach((row, i) => row.show(data.models[column].pictures[i], width));
  }

  /** The image and unit that all columns show. @param {number} image @param {number} row */
  rest(image, row) {
    if (!this.#shown) return;
    const { data, column, scale } = this.#shown;
    const model = data.models[column];
    this.strip.describe(model.units[row], data.span, data.strip.length);
    this.bars.show(model, scale, row);
    this.field.mark({ chosen: this.field.placeOf(image) });
    this.stream.rest({ image, row });
  }

  /** What its map shows, as points that β may move. */
  get #drawn() {
    if (!this.#shown) return null;
    const { model, version, columns } = this.#shown.data.models[this.#shown.column].map;
    return { model, version, axes: columns.map((column) => ({ column })) };
  }

  /** @param {string} id of the same network at another β: the same codes are decoded there, points move */
  #turn(id) {
    if (!this.#shown || !this.#drawn) return;
    const { data, column, cloud } = this.#shown;
    this.root.classList.toggle("turned", id !== this.#told);
    data.models[column] = atBeta(data.models[column], id);
    this.stream.turn(data.models[column]);
    this.rows.forEach((row, i) => row.show(data.models[column].pictures[i], this.root.clientWidth));
    this.turned.move(this.#drawn, cloud, () => this.field.moved());
  }

  /** Of what is under the hand. */
  get canvas() {
    return this.#frames.hand.canvas;
  }

  /** @param {Hand} hand @param {number} t where the slider is */
  follow(hand, t) {
    this.#hand = hand;
    this.strip.show(t);
    this.stream.follow(hand);
    this.#mark();
  }

  /** The first picture minus the second; where there is none, one sentence. @param {Pictures|null} first @param {Pictures|null} second @param {string} why */
  differ(first, second, why) {
    const { difference: frame } = this.#frames;
    const found = first && second && difference(first, second);
    if (!first || !second || !found) return frame.clear(why);
    frame.paint(found);
    frame.call(`RMS ${(distance(first, second) ?? 0).toFixed(3)}`);
  }

  close() {
    this.turned.close();
    this.field.close();
  }

  /** @param {Rested} rested */
  #rested({ reconstruction, strip }) {
    this.reconstruction = reconstruction;
    this.#frames.reconstruction.paint(reconstruction);
    if (strip) this.strip.paint(strip);
    this.#mark();
    this.acts.rested();
  }

  #mark() {
    if (this.#hand) this.field.mark({ hand: this.#placeOf(this.#hand) });
  }

  /** @param {Hand} hand @returns {Place|null} where it lies on this map */
  #placeOf(hand) {
    if (!this.#shown) return null;
    const { data, column } = this.#shown;
    const { plane } = data.models[column];
    if (hand.kind === "image") return this.field.placeOf(hand.index);
    if (hand.kind === "place") return hand.column === column ? hand.place : carriedPlace(data.models[hand.column].carried[column], plane, hand.place);
    const z = this.stream.codeOf(hand);
    return z && project(plane, z);
  }
}

/** @param {ComparedModel} model @param {string} id @returns {ComparedModel} the same, decoded by the model of this id */
function atBeta(model, id) {
  const pictures = model.pictures.map((row) => ({ ...row, source: { ...row.source, model: id } }));
  return { ...model, pictures, map: { ...model.map, model: id } };
}

/** @param {Pick<ComparisonData, "unit"|"units">} data @returns {number} the row of the chosen unit */
export const rowOf = ({ unit, units }) => Math.max(0, units.findIndex((one) => one.unit === unit));

/** @param {Figure} figure */
function figure({ name, text, seeds, about }) {
  const term = element("dt", "");
  setExplained(term, name);
  const over = seeds ? [element("dd", "seeds", { title: "Mean ± standard deviation over runs that differ in their seed alone" }, [seeds])] : [];
  return element("div", "figure", {}, [term, element("dd", "", about ? { title: about } : {}, [text]), ...over]);
}

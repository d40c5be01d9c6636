/** The board's three streams of pictures: the pin first, then, when it has come, the strips and the grid. */

import { Latest, liveChannel } from "../wire/live.js";
import { MOST_PICTURES } from "../wire/parts.js";
import { stripCodes } from "../pieces/walks.js";
import { gridCodes, outdated } from "./codes.js";
import { Follower } from "./follower.js";

/**
 * @typedef {import("../wire/messages.js").Pictures} Pictures
 * @typedef {import("../wire/messages.js").Reply} Reply
 * @typedef {{model: string, y: number|null, grid: import("./codes.js").Plane, units: {strip: number[]}[]}} Scene what is decoded around the pin
 * @typedef {{pin: number[], data: Scene, key: string}} Moment what is to be seen; `key` names all of it but the pin
 * @typedef {{unit: number, strip: number[], painted: number[]|null, paint: (picture: Pictures, pin: number[]) => void}} StripView
 * @typedef {Moment & {rows: StripView[]}} StripMoment the rows whose strips are out of date
 * @typedef {{paint: (picture: Pictures) => void}} PictureView
 * @typedef {{pinned: PictureView, grid: PictureView, rows: {outdated: (pin: number[], most: number) => StripView[]}}} Views
 */

/**
 * How a stream runs, what it does when a run has come, and when it has failed.
 * @template M
 * @typedef {[(moment: M) => Promise<Reply>, (reply: Reply, moment: M) => void, (error: Error, moment: M) => void]} Running
 */

export class PictureStreams {
  /** @type {Moment|null} */
  #now = null;
  /** The pin the grid was last decoded at. @type {number[]|null} */
  #gridPin = null;

  /**
   * @param {Views} views
   * @param {import("../pieces/status.js").Status} status
   */
  constructor(views, status) {
    this.views = views;
    this.status = status;
    this.single = new Latest(...this.#running("pin", pinOf, (reply) => this.#paintPin(reply)));
    this.grids = new Follower(...this.#running("grid", gridOf, (reply, moment) => this.#paintGrid(reply, moment)));
    this.strips = new Follower(...this.#running("strips", stripsOf, (reply, moment) => this.#paintStrips(reply, moment)));
  }

  /** @param {Moment} moment */
  show(moment) {
    if (moment.key !== this.#now?.key) this.#gridPin = null;
    this.#now = moment;
    this.single.push(moment);
  }

  /** Asks again for all that is missing or out of date. */
  again() {
    if (this.#now) this.single.push(this.#now);
  }

  /** Rows came into sight. */
  seen() {
    const moment = this.#outdatedStrips();
    if (moment) this.strips.ask(moment);
  }

  close() {
    this.grids.close();
    this.strips.close();
  }

  /**
   * @template {Moment} M
   * @param {string} name @param {(moment: M) => number[][]} codes @param {(reply: Reply, moment: M) => void} paint
   * @returns {Running<M>}
   */
  #running(name, codes, paint) {
    /** @param {M} moment */
    const current = ({ key }) => key === this.#now?.key;
    return [
      (moment) => liveChannel().request({ model: moment.data.model, z: codes(moment), y: moment.data.y }),
      (reply, moment) => {
        if (!current(moment)) return;
        this.status.succeeded(name);
        paint(reply, moment);
      },
      (error, moment) => {
        if (current(moment)) this.status.failed(name, error);
      },
    ];
  }

  /** @param {Reply} reply */
  #paintPin(reply) {
    this.views.pinned.paint(reply);
    const [now, strips] = [this.#now, this.#outdatedStrips()];
    if (strips) send(this.strips, strips, strips.rows.some(({ painted }) => !painted));
    if (now && outdated(this.#gridPin, now.pin, now.data.grid.units)) send(this.grids, now, !this.#gridPin);
  }

  /** @param {Reply} reply @param {Moment} moment */
  #paintGrid(reply, { pin }) {
    this.#gridPin = pin;
    this.views.grid.paint(reply);
  }

  /** @param {Reply} reply @param {StripMoment} moment */
  #paintStrips({ header, bytes }, { rows, pin }) {
    const n = header.n / rows.length;
    const size = n * header.c * header.h * header.w;
    /** @param {number} i */
    const strip = (i) => ({ header: { ...header, n }, bytes: bytes.subarray(i * size, (i + 1) * size) });
    rows.forEach((row, i) => row.paint(strip(i), pin));
    const rest = this.#outdatedStrips();
    if (rest) this.strips.follow(rest);
  }

  /** @returns {StripMoment|null} */
  #outdatedStrips() {
    if (!this.#now) return null;
    const { pin, data } = this.#now;
    const rows = this.views.rows.outdated(pin, Math.floor(MOST_PICTURES / data.units[0].strip.length));
    return rows.length ? { ...this.#now, rows } : null;
  }
}

/** @param {Moment} moment */
const pinOf = ({ pin }) => [pin];
/** @param {Moment} moment */
const gridOf = ({ pin, data }) => gridCodes(pin, data.grid);
/** @param {StripMoment} moment */
const stripsOf = ({ pin, rows }) => rows.flatMap(({ unit, strip }) => stripCodes(pin, unit, strip));

/**
 * What is missing is asked for at once, what is out of date follows.
 * @template M
 * @param {Follower<M, Reply>} follower @param {M} moment @param {boolean} missing
 */
const send = (follower, moment, missing) => (missing ? follower.ask(moment) : follower.follow(moment));

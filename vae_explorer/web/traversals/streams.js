/** The board's three streams of pictures: the pin first, then, when it has come, the strips and the grid. */

import { Latest, liveChannel, MOST_PICTURES } from "../wire/live.js";
import { gridCodes, outdated, stripCodes } from "./codes.js";
import { Follower } from "./follower.js";

/**
 * @typedef {{pin: number[], data: object, key: string}} Moment what is to be seen; `key` names all of it but the pin
 * @typedef {{header: {c: number, h: number, w: number}, bytes: Uint8Array}} Reply
 */

export class Decoding {
  /** @type {Moment|null} */
  #now = null;
  /** The pin the grid was last decoded at. @type {number[]|null} */
  #gridPin = null;

  /**
   * @param {{pinned: object, grid: object, rows: object}} views
   * @param {import("../pieces/status.js").Status} status
   */
  constructor(views, status) {
    this.views = views;
    this.status = status;
    this.single = this.#stream(Latest, "pin", ({ pin }) => [pin], (reply) => this.#paintPin(reply));
    this.grids = this.#stream(Follower, "grid", gridOf, (reply, moment) => this.#paintGrid(reply, moment));
    this.strips = this.#stream(Follower, "strips", stripsOf, (reply, moment) => this.#paintStrips(reply, moment));
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
    const moment = this.#now && this.#outdatedStrips();
    if (moment) this.strips.ask(moment);
  }

  close() {
    this.grids.close();
    this.strips.close();
  }

  #stream(Kind, name, codes, paint) {
    const current = ({ key }) => key === this.#now.key;
    return new Kind(
      (moment) => liveChannel().request({ model: moment.data.model, z: codes(moment), y: moment.data.y }),
      (reply, moment) => {
        if (!current(moment)) return;
        this.status.succeeded(name);
        paint(reply, moment);
      },
      (error, moment) => current(moment) && this.status.failed(name, error),
    );
  }

  #paintPin(reply) {
    this.views.pinned.paint(reply);
    const strips = this.#outdatedStrips();
    if (strips) send(this.strips, strips, strips.rows.some(({ painted }) => !painted));
    if (outdated(this.#gridPin, this.#now.pin, this.#now.data.grid.units)) send(this.grids, this.#now, !this.#gridPin);
  }

  #paintGrid(reply, { pin }) {
    this.#gridPin = pin;
    this.views.grid.paint(reply);
  }

  #paintStrips({ header, bytes }, { rows, pin }) {
    const n = header.n / rows.length;
    const size = n * header.c * header.h * header.w;
    const strip = (i) => ({ header: { ...header, n }, bytes: bytes.subarray(i * size, (i + 1) * size) });
    rows.forEach((row, i) => row.paint(strip(i), pin));
    const rest = this.#outdatedStrips();
    if (rest) this.strips.follow(rest);
  }

  #outdatedStrips() {
    const { pin, data } = this.#now;
    const rows = this.views.rows.outdated(pin, Math.floor(MOST_PICTURES / data.units[0].strip.length));
    return rows.length ? { ...this.#now, rows } : null;
  }
}

const gridOf = ({ pin, data }) => gridCodes(pin, data.grid);
const stripsOf = ({ pin, rows }) => rows.flatMap(({ unit, strip }) => stripCodes(pin, unit, strip));

/** What is missing is asked for at once, what is out of date follows. */
const send = (follower, moment, missing) => (missing ? follower.ask(moment) : follower.follow(moment));

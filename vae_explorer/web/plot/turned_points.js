/** The points of a map while β is turned: each moves on the way that was measured for it. */

import { betaOf, hearBeta, networkOf } from "../pieces/shared_beta.js";
import { loadStops, writeAt } from "../pieces/stops.js";

/**
 * @import { Cloud } from "./cloud.js"
 * @import { Stops } from "../pieces/stops.js"
 */
/** @typedef {{model: string, version: string, axes: {column: string}[]}} Shown what a map shows, and the columns of its axes */
/** @typedef {Pick<Cloud, "places"|"xs"|"ys">} Points */

const OF_A_UNIT = /^mu-\d+$/;

export class TurnedPoints {
  /** @type {{key: string, stops: Stops[]}|null} */
  #held = null;
  /** What was asked for last. */
  #wanted = "";

  /** @param {() => Shown|null} shown @param {(model: string) => void} turned called with what the network is at the β under the hand */
  constructor(shown, turned) {
    this.close = hearBeta(() => shown()?.model, ({ model }) => turned(model));
  }

  /**
   * To where they lie at the model's β, on a plane of units; those of any other plane wait for the page.
   * @param {Shown} shown @param {Points} points @param {() => void} moved
   */
  async move({ model, version, axes }, points, moved) {
    const columns = axes.map(({ column }) => column);
    if (!columns.every((column) => OF_A_UNIT.test(column))) return;
    const key = JSON.stringify([networkOf(model), networkOf(version), columns]);
    this.#wanted = model;
    if (this.#held?.key !== key) {
      try {
        this.#held = { key, stops: await Promise.all(columns.map((column) => loadStops(networkOf(model), networkOf(version), column))) };
      } catch {
        return; // they move when the page has run
      }
      if (this.#wanted !== model) return; // a later turn moves them
    }
    const [x, y] = this.#held.stops;
    writeAt(x, betaOf(model), points.places, points.xs);
    if (y) writeAt(y, betaOf(model), points.places, points.ys);
    moved();
  }
}

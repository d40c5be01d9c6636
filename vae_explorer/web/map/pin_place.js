/** Where the pin lies on the map. A fitted map has no formula for it: what is missing is asked of the live channel, once. */

import { codeAsked, placesAsked } from "./requests.js";
import { project } from "../plot/plane.js";
import { Preview } from "./preview.js";

export class Whereabouts {
  #asking;
  /** What was asked: the spot whose z is missing, or the pin whose place is. */
  #target = null;
  #projection = null;
  #place = null;

  /** @param {import("./choice.js").Choice} choice @param {() => void} changed @param {(message: string) => void} status */
  constructor(choice, changed, status) {
    const told = ({ header: { z, place } }, { target }) => {
      if (target !== this.#target) return;
      if (choice.pending) return choice.settle(target, z[0]);
      this.#place = place[0];
      changed();
    };
    this.#asking = new Preview(told, status);
  }

  /** Ask for what is missing. @param {{data: object, choice: object, layers: object}} map */
  follow(map) {
    const { pending, spot, point, pin } = map.choice;
    const { kind, projection } = map.data.plane;
    const missing = kind === "map" && (pending ? spot : !spot && point === null ? pin : null);
    if (missing === this.#target && projection === this.#projection) return;
    [this.#target, this.#projection, this.#place] = [missing, projection, null];
    if (!missing) return;
    const asked = pending ? placesAsked(map, [spot]) : codeAsked(map.data, pin, map.data.y);
    this.#asking.show({ asked, target: missing });
  }

  /**
   * @param {{data: object, scene: {cloud: object}, choice: object}} map
   * @returns {[number, number]|null} data units; null while nobody knows
   */
  place({ data: { plane }, scene: { cloud }, choice: { pin, point, spot } }) {
    if (plane.kind !== "map") return project(plane, pin);
    if (spot) return spot;
    const drawn = point === null ? undefined : cloud.rank[point];
    return drawn === undefined ? this.#place : [cloud.xs[drawn], cloud.ys[drawn]];
  }

  close() {
    this.#asking.close();
  }
}

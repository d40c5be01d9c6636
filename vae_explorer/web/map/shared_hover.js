/** Small maps side by side: the image under the pointer of one is shown on all of them, where each has it. */

import { HIDDEN } from "../plot/cloud.js";
import { toScreen } from "../plot/view.js";

/**
 * @import { Camera } from "../plot/camera.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Place } from "../plot/view.js"
 * @import { Filter } from "./filter.js"
 * @import { Hand } from "./hand.js"
 * @import { Stage } from "./stage.js"
 */
/**
 * @typedef {{stage: Stage, camera: Camera, hand: Hand, filter: Filter, cloud: () => Cloud|null,
 *   nearestAt: (at: Place) => number|null, changed: () => void}} Parts of one map
 */

/** Those that are on the page now; they hold the same images. @type {Set<SharedHover>} */
const maps = new Set();

export class SharedHover {
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { root } = parts.stage;
    root.addEventListener("pointermove", (event) => maps.has(this) && this.#point(event));
    root.addEventListener("pointerleave", () => maps.has(this) && tell(null));
  }

  /** From now on this map shares what is pointed at. */
  join() {
    maps.add(this);
  }

  close() {
    maps.delete(this);
  }

  /** @param {number|null} index of an image; null: none */
  show(index) {
    const { stage, camera, hand, changed } = this.#parts;
    const [cloud, near] = [this.#parts.cloud(), this.#drawn(index)];
    if (cloud && camera.view && near !== null) hand.move(toScreen(camera.view, stage.size, [cloud.xs[near], cloud.ys[near]]), near);
    else hand.leave();
    changed();
  }

  /** @param {number|null} index @returns {number|null} its drawing position, where it is to be seen */
  #drawn(index) {
    const near = index === null ? undefined : this.#parts.cloud()?.rank[index];
    return near === undefined || this.#parts.filter.groups[near] === HIDDEN ? null : near;
  }

  /** @param {PointerEvent} event */
  #point({ clientX, clientY }) {
    const { left, top } = this.#parts.stage.layers.overlay.getBoundingClientRect();
    const [cloud, near] = [this.#parts.cloud(), this.#parts.nearestAt([clientX - left, clientY - top])];
    tell(cloud && near !== null ? cloud.order[near] : null);
  }
}

/** @param {number|null} index */
function tell(index) {
  for (const map of maps) map.show(index);
}

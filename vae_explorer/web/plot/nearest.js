/** Which data point is under the pointer. */

import { HIDDEN } from "./cloud.js";

/**
 * A plain scan: 60,000 points take a tenth of a millisecond, so no index of them is kept.
 *
 * @param {import("./cloud.js").Cloud} cloud @param {Uint8Array} groups
 * @param {[number, number]} place data units @param {number} radius data units
 * @returns {number|null} the drawing position of the nearest visible point within the radius
 */
export function nearest({ n, xs, ys }, groups, [x, y], radius) {
  let best = null;
  let least = radius * radius;
  for (let k = 0; k < n; k++) {
    const dx = xs[k] - x;
    const dy = ys[k] - y;
    const distance = dx * dx + dy * dy;
    if (distance <= least && groups[k] !== HIDDEN) {
      least = distance;
      best = k;
    }
  }
  return best;
}

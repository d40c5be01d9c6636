/**
 * Where one is among the snapshots: a place is a number from 0 to S − 1, whole on a snapshot and between two of them else.
 * Nothing here knows of pixels or of the network.
 */

/** @param {number} place @param {number} count of snapshots @returns {number} the place, if need be the nearest there is */
export const clamped = (place, count) => Math.min(Math.max(0, count - 1), Math.max(0, place));

/**
 * @param {number} place @param {number} count of snapshots
 * @returns {{before: number, after: number, share: number}} neighbours and the way between them, 0…1
 */
export function between(place, count) {
  const at = clamped(place, count);
  const before = Math.min(Math.floor(at), Math.max(0, count - 2));
  const after = Math.min(before + 1, Math.max(0, count - 1));
  return { before, after, share: after > before ? at - before : 0 };
}

/** @param {number[]} steps ascending @param {number} place @returns {number} the training step there, between snapshots too */
export function stepAt(steps, place) {
  const { before, after, share } = between(place, steps.length);
  return steps[before] + share * (steps[after] - steps[before]);
}

/** @param {number[]} steps ascending @param {number} step @returns {number} its place among them */
export function placeOf(steps, step) {
  const after = steps.findIndex((other) => other >= step);
  if (after <= 0) return after === 0 ? 0 : Math.max(0, steps.length - 1);
  return after - (steps[after] - step) / (steps[after] - steps[after - 1]);
}

/** @param {number} count of snapshots @param {number} place @returns {number[]} their indices, the nearest to the place first */
export function nearestFirst(count, place) {
  /** @param {number} index */
  const distance = (index) => Math.abs(index - place);
  return Array.from({ length: count }, (_, index) => index).sort((a, b) => distance(a) - distance(b) || b - a);
}

/**
 * @param {{step: number, beta: number}[]} snapshots
 * @returns {{place: number, beta: number}[]} where beta became another: between the last snapshot of the old and the first of the new
 */
export function betaChanges(snapshots) {
  const changed = snapshots.map(({ beta }, i) => ({ place: i - 0.5, beta, other: i > 0 && beta !== snapshots[i - 1].beta }));
  return changed.filter(({ other }) => other).map(({ place, beta }) => ({ place, beta }));
}

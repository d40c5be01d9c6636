/** Where t lies on a path of P codes. No geometry here: the path comes finely sampled. */

/** @param {number} t 0…1 @param {number} points P @returns {number} index of the nearest code */
export const indexAt = (t, points) => Math.min(points - 1, Math.max(0, Math.round(t * (points - 1))));

/** @param {number} index @param {number} points P @returns {number} t */
export const tAt = (index, points) => (points > 1 ? index / (points - 1) : 0);

/**
 * A slider's step. Rounded down, for a step too large by the last bit would keep t = 1 out of reach.
 *
 * @param {number} points P @returns {number}
 */
export const stepOf = (points) => Math.floor(1e12 / Math.max(1, points - 1)) / 1e12;

/**
 * @param {number} points P @param {number} stride
 * @returns {number[]} indices of the frames; the last code is always one
 */
export function frameIndices(points, stride) {
  const indices = [];
  for (let i = 0; i < points - 1; i += Math.max(1, stride)) indices.push(i);
  return [...indices, points - 1];
}

/** @param {number[]} frames rising indices @param {number} index @returns {number} the frame nearest to it */
export function nearestFrame(frames, index) {
  const after = frames.findIndex((frame) => frame >= index);
  if (after <= 0) return after === 0 ? 0 : frames.length - 1;
  return frames[after] - index < index - frames[after - 1] ? after : after - 1;
}

/**
 * What codes of the path are decoded as: their class, or the share of every class.
 *
 * @param {import("./data.js").PathClasses|null} classes at the ends @param {number[]} indices @param {number} points P
 * @returns {number|number[][]|null}
 */
export function classesAt(classes, indices, points) {
  if (!classes || classes.start === classes.end) return classes && classes.start;
  return indices.map((index) => {
    const shares = new Array(classes.classes).fill(0);
    shares[classes.end] = tAt(index, points);
    shares[classes.start] = 1 - shares[classes.end];
    return shares;
  });
}

/**
 * To and fro between 0 and 1.
 *
 * @param {number} start t at the beginning @param {number} elapsed ms @param {number} oneWay ms from 0 to 1
 * @returns {number} t
 */
export function toAndFro(start, elapsed, oneWay) {
  const way = (start + elapsed / oneWay) % 2;
  return way <= 1 ? way : 2 - way;
}

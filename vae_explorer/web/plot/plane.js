/**
 * The plane of latent space that the map shows.
 *
 * @typedef {{kind: "units", units: number[], projection?: undefined}} UnitPlane
 * @typedef {{kind: "pca", projection: "pca", mean: number[], components: number[][]}} PcaPlane
 * @typedef {UnitPlane|PcaPlane} Plane
 *   units has one entry when there is one latent unit; components are orthonormal, each [D]
 * @typedef {{kind: "map", projection: string, title: string}} Fitted
 *   a fitted map is no plane: there is nothing here that could project onto it or lift from it
 */

/** @import { Place } from "./view.js" */

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** @param {Plane} plane @param {number[]} z [D] @returns {Place} where z lies, seen from straight above */
export function project(plane, z) {
  if (plane.kind === "units") return [z[plane.units[0]], plane.units.length > 1 ? z[plane.units[1]] : 0];
  const centred = z.map((value, i) => value - plane.mean[i]);
  return [dot(centred, plane.components[0]), plane.components[1] ? dot(centred, plane.components[1]) : 0];
}

/**
 * The z at a place of the map. What the plane does not show stays as the pin has it, so the pin decodes exactly at its place.
 * @param {Plane} plane @param {Place} place @param {number[]} pin [D] @returns {number[]} [D]
 */
export function lift(plane, place, pin) {
  if (plane.kind === "units") {
    const z = [...pin];
    plane.units.forEach((unit, axis) => (z[unit] = place[axis]));
    return z;
  }
  const here = project(plane, pin);
  const steps = plane.components.map((_, axis) => place[axis] - here[axis]);
  return pin.map((value, i) => plane.components.reduce((sum, component, axis) => sum + steps[axis] * component[i], value));
}

/**
 * A diagonal Gaussian's covariance in the plane.
 * @param {Plane} plane @param {number[]} logvar [D]
 * @returns {[number, number, number]} var(x), cov(x, y), var(y)
 */
export function covariance(plane, logvar) {
  const variance = logvar.map(Math.exp);
  if (plane.kind === "units") return [variance[plane.units[0]], 0, plane.units.length > 1 ? variance[plane.units[1]] : 0];
  const [first, second = first.map(() => 0)] = plane.components;
  /** @param {number[]} a @param {number[]} b */
  const between = (a, b) => variance.reduce((sum, value, i) => sum + value * a[i] * b[i], 0);
  return [between(first, first), between(first, second), between(second, second)];
}

/**
 * What part of the plane is seen. Equal axes: one scale for both, so that distances can be trusted.
 *
 * @typedef {[number, number]} Place in data units or in CSS px
 * @typedef {{x: number, y: number, scale: number}} View centre in data units; CSS px a data unit
 * @typedef {{width: number, height: number}} Size of the plot, CSS px
 * @typedef {[number, number, number]} ViewState the view as the page keeps it
 * @typedef {[number, number, number, number]} Bounds x0, x1, y0, y1 in data units
 */

const MARGIN = 1.08;

/** @param {View} view @param {Size} size @param {Place} place data units @returns {Place} CSS px from the plot's top left. */
export const toScreen = (view, size, [x, y]) => [
  size.width / 2 + (x - view.x) * view.scale,
  size.height / 2 - (y - view.y) * view.scale,
];

/** @param {View} view @param {Size} size @param {Place} at CSS px from the plot's top left @returns {Place} data units. */
export const toData = (view, size, [px, py]) => [
  view.x + (px - size.width / 2) / view.scale,
  view.y - (py - size.height / 2) / view.scale,
];

/** The view after the content moved by dx, dy CSS px. @param {View} view @param {number} dx @param {number} dy @returns {View} */
export const pan = (view, dx, dy) => ({ ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale });

/**
 * Zoom so that what lies under `at` stays there.
 * @param {View} view @param {Size} size @param {Place} at CSS px
 * @param {number} factor above 1 zooms in @param {[number, number]} limits of the scale
 * @returns {View}
 */
export function zoomAt(view, size, at, factor, [least, most]) {
  const [x, y] = toData(view, size, at);
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const kept = view.scale / scale;
  return { x: x + (view.x - x) * kept, y: y + (view.y - y) * kept, scale };
}

/** The view that shows all of `bounds` with a small margin. @param {Bounds} bounds @param {Size} size @returns {View} */
export function fit([x0, x1, y0, y1], size) {
  const [width, height] = [(x1 - x0) * MARGIN, (y1 - y0) * MARGIN];
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale: Math.min(size.width / width, size.height / height) };
}

/** How far one may zoom out and in. @param {Bounds} bounds @param {Size} size @returns {[number, number]} */
export function scaleLimits(bounds, size) {
  const { scale } = fit(bounds, size);
  return [scale / 20, scale * 2000];
}

/** @param {number} value */
const brief = (value) => Number(value.toPrecision(6));

/** @param {View} view @returns {ViewState} centre and data units per 1000 CSS px, short enough for a URL. */
export const viewState = ({ x, y, scale }) => [brief(x), brief(y), brief(1000 / scale)];

/** @param {ViewState|null} state @returns {View|null} null also for what cannot be a view. */
export function viewFromState(state) {
  if (!Array.isArray(state) || state.length !== 3 || !state.every(Number.isFinite) || state[2] <= 0) return null;
  return { x: state[0], y: state[1], scale: 1000 / state[2] };
}

/**
 * The box around all finite points; never flat, so that it can be fitted.
 * @param {Float32Array} xs @param {Float32Array} ys
 * @returns {Bounds} the prior's ±3 when there is no point
 */
export function boundsOf(xs, ys) {
  const [x0, x1] = range(xs);
  const [y0, y1] = range(ys);
  if (x1 > x0 || y1 > y0) return [x0, x1, y0, y1].some(Number.isNaN) ? [-3, 3, -3, 3] : thick([x0, x1, y0, y1]);
  return Number.isNaN(x0) || Number.isNaN(y0) ? [-3, 3, -3, 3] : [x0 - 1, x0 + 1, y0 - 1, y0 + 1];
}

/** @param {Float32Array} values @returns {[number, number]} NaN when none is finite */
function range(values) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least && value > -Infinity) least = value;
    if (value > most && value < Infinity) most = value;
  }
  return least <= most ? [least, most] : [NaN, NaN];
}

/** @param {Bounds} bounds @returns {Bounds} */
function thick([x0, x1, y0, y1]) {
  const least = 1e-3 * Math.max(x1 - x0, y1 - y0);
  const [x, y] = [Math.max(0, least - (x1 - x0)) / 2, Math.max(0, least - (y1 - y0)) / 2];
  return [x0 - x, x1 + x, y0 - y, y1 + y];
}

/** @param {Bounds} bounds @returns {Bounds} with the origin, where every pin starts */
export const withOrigin = ([x0, x1, y0, y1]) => [Math.min(x0, 0), Math.max(x1, 0), Math.min(y0, 0), Math.max(y1, 0)];

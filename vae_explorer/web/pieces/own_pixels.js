/** An element's own CSS pixels, in which it is laid out and drawn, where zoom or a transform above it makes them other ones. */

/**
 * @typedef {{left: number, top: number, width: number, height: number}} Box in the window's pixels
 * @typedef {{clientX: number, clientY: number}} Spot in the window's pixels
 * @typedef {{width: number, height: number}} Size in own pixels
 */

/**
 * @param {Box} box @param {Size} own of the same element @param {Spot} spot
 * @returns {[number, number]} the spot from the element's top left, in own pixels
 */
export function within(box, own, { clientX, clientY }) {
  return [(clientX - box.left) / ratio(box.width, own.width), (clientY - box.top) / ratio(box.height, own.height)];
}

/** @param {HTMLElement} node @param {Spot} event @returns {[number, number]} where the pointer is from the node's top left, in own pixels */
export function placeIn(node, event) {
  return within(node.getBoundingClientRect(), { width: node.offsetWidth, height: node.offsetHeight }, event);
}

/** @param {HTMLElement} node @returns {number} the window's pixels to one of the node's own */
export function zoomOf(node) {
  return ratio(node.getBoundingClientRect().width, node.offsetWidth);
}

/** @param {number} shown @param {number} own @returns {number} 1 for what takes no room */
function ratio(shown, own) {
  return shown > 0 && own > 0 ? shown / own : 1;
}

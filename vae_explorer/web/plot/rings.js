/** Marching squares: the closed lines on which a grid has one value. */

/** @import { Grid } from "./density.js" */
/** @import { Place } from "./view.js" */
/** @typedef {[number, number]} Step from one edge to another */

/** Edges of a cell: below, right, above, left. Corners in order: lower left, lower right, upper right, upper left. */
const [BELOW, RIGHT, ABOVE, LEFT] = [0, 1, 2, 3];

/** By which corners are inside (bits 1, 2, 4, 8): from edge to edge, the inside on the left hand. */
/** @type {Step[][]} */
const STEPS = [
  [],
  [[BELOW, LEFT]],
  [[RIGHT, BELOW]],
  [[RIGHT, LEFT]],
  [[ABOVE, RIGHT]],
  [[BELOW, LEFT], [ABOVE, RIGHT]],
  [[ABOVE, BELOW]],
  [[ABOVE, LEFT]],
  [[LEFT, ABOVE]],
  [[BELOW, ABOVE]],
  [[RIGHT, BELOW], [LEFT, ABOVE]],
  [[RIGHT, ABOVE]],
  [[LEFT, RIGHT]],
  [[BELOW, RIGHT]],
  [[LEFT, BELOW]],
  [],
];
/** Two opposite corners are inside and so is the middle: they belong together. */
/** @type {Record<number, Step[]>} */
const JOINED = { 5: [[BELOW, RIGHT], [ABOVE, LEFT]], 10: [[LEFT, BELOW], [RIGHT, ABOVE]] };

/** A name for each edge of the grid: twice its lower left node, plus one for an upright edge. @param {number} at @param {number} width @param {number} edge */
const edgeName = (at, width, edge) => [2 * at, 2 * (at + 1) + 1, 2 * (at + width), 2 * at + 1][edge];

/** @param {Grid} grid @param {number} at node @param {number} level @returns {Step[]} */
function stepsIn({ values, width }, at, level) {
  const corners = [values[at], values[at + 1], values[at + width + 1], values[at + width]];
  const inside = corners.reduce((bits, value, i) => bits + (value > level ? 1 << i : 0), 0);
  const middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
  return (middle > level && JOINED[inside]) || STEPS[inside];
}

/** @param {Grid} grid @param {number} level @returns {Map<number, number>} from each edge that the line crosses to the next; every edge is left once */
function successors(grid, level) {
  const next = new Map();
  for (let j = 0; j < grid.height - 1; j++) {
    for (let i = 0; i < grid.width - 1; i++) {
      const at = j * grid.width + i;
      for (const [from, to] of stepsIn(grid, at, level)) next.set(edgeName(at, grid.width, from), edgeName(at, grid.width, to));
    }
  }
  return next;
}

/** Where the line crosses an edge, between its nodes in proportion; data units. @param {Grid} grid @param {number} name @param {number} level @returns {Place} */
function crossing({ values, width, x, y, cell }, name, level) {
  const at = name >> 1;
  const upright = name & 1;
  const [here, there] = [values[at], values[at + (upright ? width : 1)]];
  const part = (level - here) / (there - here);
  const [i, j] = [at % width, Math.floor(at / width)];
  return upright ? [x + i * cell, y + (j + part) * cell] : [x + (i + part) * cell, y + j * cell];
}

/**
 * @param {Grid} grid its rim below the level @param {number} level
 * @returns {Place[][]} closed lines without repeating their first place, data units; what is higher lies on their left
 */
export function rings(grid, level) {
  const next = successors(grid, level);
  const found = [];
  for (const start of next.keys()) {
    const ring = [];
    let edge = start;
    for (let following = next.get(edge); following !== undefined; following = next.get(edge)) {
      ring.push(crossing(grid, edge, level));
      next.delete(edge);
      edge = following;
    }
    found.push(ring);
  }
  return found;
}

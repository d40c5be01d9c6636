import assert from "node:assert/strict";
import { test } from "node:test";
import { cloud, groupsOf } from "../../../vae_explorer/web/plot/cloud.js";
import { contours, pieces, SHARES } from "../../../vae_explorer/web/plot/contours.js";
import { densityAt, densityGrid, levelsOf, visiblePoints } from "../../../vae_explorer/web/plot/density.js";
import { inPolygon } from "../../../vae_explorer/web/plot/lasso.js";
import { rings } from "../../../vae_explorer/web/plot/rings.js";

/** Van der Corput's sequence: evenly spread, the same each time. */
function radical(index, base) {
  let [value, part] = [0, 1 / base];
  for (let i = index; i > 0; i = Math.floor(i / base), part /= base) value += part * (i % base);
  return value;
}

/** Standard normal points by Box and Muller, moved to the right. */
function blob(n, shift = 0, spread = 1) {
  const of = (turn) => Float32Array.from({ length: n }, (_, i) => {
    const radius = spread * Math.sqrt(-2 * Math.log(1 - radical(i + 1, 2)));
    return radius * turn(2 * Math.PI * radical(i + 1, 3));
  });
  return { xs: of(Math.cos).map((x) => x + shift), ys: of(Math.sin) };
}

const together = (a, b) => ({ xs: Float32Array.of(...a.xs, ...b.xs), ys: Float32Array.of(...a.ys, ...b.ys) });
const inside = (lines, x, y) => lines.reduce((odd, line) => odd !== inPolygon(line, x, y), false);
const shareInside = (lines, { xs, ys }) => xs.filter((x, k) => inside(lines, x, ys[k])).length / xs.length;
const length = (ring) => ring.map(([x, y], i) => Math.hypot(x - ring.at(i - 1)[0], y - ring.at(i - 1)[1]));

for (const [name, points] of [["a blob", blob(4000)], ["two blobs", together(blob(3000, -4), blob(1000, 4, 0.5))]]) {
  test(`${name}: each level encloses the stated share of the points`, () => {
    const found = contours(points);
    SHARES.forEach((share, i) => assert.ok(Math.abs(shareInside(found[i], points) - share) < 0.01, `${share}`));
  });
}

test("one Gaussian blob gives one ring a level, of the radius that holds its share", () => {
  for (const [i, lines] of contours(blob(20_000)).entries()) {
    assert.equal(lines.length, 1);
    const radius = Math.sqrt(-2 * Math.log(1 - SHARES[i]));
    for (const [x, y] of lines[0]) assert.ok(Math.abs(Math.hypot(x, y) - radius) < 0.25);
  }
});

test("a ring in pieces is the whole ring, each piece inside its bounds", () => {
  const ring = Array.from({ length: 130 }, (_, i) => [Math.cos(i / 20), Math.sin(i / 20)]);
  const found = pieces(ring);
  assert.deepEqual(found.flatMap(({ line }) => line.slice(1)), [...ring.slice(1), ring[0]]);
  assert.ok(found.every(({ line }, i) => i === 0 || line[0] === found[i - 1].line.at(-1)));
  for (const { line, bounds: [x0, x1, y0, y1] } of found) assert.ok(line.every(([x, y]) => x >= x0 && x <= x1 && y >= y0 && y <= y1));
});

test("blobs apart give a ring each", () => {
  const found = contours(together(blob(2000, -6), blob(2000, 6)));
  assert.deepEqual(found.map((lines) => lines.length), [2, 2, 2, 2]);
});

test("rings are closed: no step is longer than a cell's diagonal", () => {
  const grid = densityGrid(blob(500));
  for (const level of levelsOf(grid, blob(500), SHARES)) {
    for (const ring of rings(grid, level)) assert.ok(Math.max(...length(ring)) <= Math.SQRT2 * grid.cell + 1e-9);
  }
});

test("on a slope lines run where the value is, and round a hole the other way", () => {
  const at = (i, j) => (i === 0 || j === 0 || i === 4 || j === 4 ? 0 : i === 2 && j === 2 ? 0 : 1);
  const values = Float32Array.from({ length: 25 }, (_, k) => at(k % 5, Math.floor(k / 5)));
  const found = rings({ values, width: 5, height: 5, x: 10, y: 20, cell: 2 }, 0.25);
  const area = (ring) => ring.reduce((sum, [x, y], i) => sum + ring.at(i - 1)[0] * y - x * ring.at(i - 1)[1], 0) / 2;
  assert.deepEqual(found.map(area).map(Math.sign).sort(), [-1, 1]);
  assert.ok(found.flat().every(([x, y]) => Number.isInteger(4 * (x - 10) / 2) && Number.isInteger(4 * (y - 20) / 2)));
});

test("the blur keeps every point, and a node has the density of its place", () => {
  const points = blob(1000);
  const grid = densityGrid(points);
  assert.ok(Math.abs(grid.values.reduce((sum, value) => sum + value, 0) - 1000) < 0.1);
  const [i, j] = [90, 100];
  assert.ok(Math.abs(densityAt(grid, grid.x + i * grid.cell, grid.y + j * grid.cell) - grid.values[j * grid.width + i]) < 1e-6);
});

test("hidden points and points without a place do not count; few, or all in one place, have no contours", () => {
  const label = Uint8Array.from({ length: 30 }, (_, i) => i % 2);
  const x = Float32Array.from({ length: 30 }, (_, i) => (i === 4 ? NaN : i));
  const points = cloud(30, { x, y: x, label });
  const kept = visiblePoints(points, groupsOf(points, new Set([1]), null));
  assert.equal(kept.xs.length, 14);
  assert.ok(kept.xs.every((value) => value % 2 === 0));
  assert.deepEqual(contours({ xs: kept.xs.slice(0, 9), ys: kept.ys.slice(0, 9) }), []);
  const same = new Float32Array(50).fill(3);
  assert.deepEqual(contours({ xs: same, ys: same }).flat(), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cloud, groupsOf } from "../../../vae_explorer/web/plot/cloud.js";
import * as sparse from "../../../vae_explorer/web/map/sparse.js";
import { pan, toScreen } from "../../../vae_explorer/web/plot/view.js";

const { clearness, pictureSide, pointsInSight } = sparse;
const spacing = (points, groups, view, size) => sparse.spacing(points, pointsInSight(points, groups, view, size), view, size);
const chosenPoints = (points, groups, view, size, side) =>
  sparse.chosenPoints(points, groups, pointsInSight(points, groups, view, size), view, size, side);
const size = { width: 640, height: 512 };
const random = (() => {
  let state = 7;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
})();
const spread = (n, reach) => Float32Array.from({ length: n }, () => reach * (2 * random() - 1));
const points = cloud(5000, { x: spread(5000, 2), y: spread(5000, 2), label: Uint8Array.from({ length: 5000 }, (_, i) => i % 2) });
const all = groupsOf(points, new Set(), null);
const view = (scale) => ({ x: 0.1, y: 0, scale });

test("evenly spread points are as far apart as said, empty parts of the plot do not count", () => {
  const step = 0.25;
  const grid = Array.from({ length: 32 * 32 }, (_, i) => [step * ((i % 32) + 0.5), step * (Math.floor(i / 32) + 0.5)]);
  const even = cloud(grid.length, { x: Float32Array.from(grid, ([x]) => x), y: Float32Array.from(grid, ([, y]) => y) });
  const shown = groupsOf(even, new Set(), null);
  assert.equal(spacing(even, shown, { x: 4, y: 4, scale: 64 }, { width: 512, height: 512 }), 16);
  assert.equal(spacing(even, shown, { x: 8, y: 0, scale: 64 }, { width: 1024, height: 1024 }), 16);
  assert.equal(spacing(even, new Uint8Array(grid.length), view(64), size), Infinity);
});

test("pictures come between 20 and 36 px of room, and are as large as it", () => {
  assert.deepEqual([10, 20, 28, 36, 64].map(clearness), [0, 0, 0.5, 1, 1]);
  assert.deepEqual([5, 33.4, 64].map(pictureSide), [20, 32, 56]);
});

test("none covers much of another, at most 400 in the plot, hidden ones none", () => {
  for (const scale of [30, 150, 700, 5000]) {
    const side = pictureSide(spacing(points, all, view(scale), size));
    const chosen = chosenPoints(points, all, view(scale), size, side);
    const places = chosen.map((k) => toScreen(view(scale), size, [points.xs[k], points.ys[k]]));
    const inside = places.filter(([x, y]) => x > 0 && x < size.width && y > 0 && y < size.height);
    assert.ok(inside.length > 0 && chosen.length <= 400);
    for (const [i, [ax, ay]] of places.entries()) {
      for (const [bx, by] of places.slice(0, i)) assert.ok(Math.max(Math.abs(ax - bx), Math.abs(ay - by)) >= 0.69 * side);
    }
  }
  const half = groupsOf(points, new Set([1]), null);
  assert.ok(chosenPoints(points, half, view(300), size, 40).every((k) => points.labels[k] === 0));
});

test("panning changes no choice inside, zooming in by two drops none", () => {
  const within = (seen) => (k) => {
    const [x, y] = toScreen(seen, size, [points.xs[k], points.ys[k]]);
    return x > 120 && x < 520 && y > 120 && y < 392;
  };
  const before = view(200);
  const chosen = chosenPoints(points, all, before, size, 40).filter(within(before));
  const after = chosenPoints(points, all, pan(before, 37, -53), size, 40);
  assert.ok(chosen.length > 20 && chosen.every((k) => after.includes(k)));
  const closer = chosenPoints(points, all, view(400), size, 40);
  const seen = chosen.filter(within({ ...before, scale: 400 }));
  assert.ok(seen.length > 5 && seen.every((k) => closer.includes(k)));
});

test("points without a place get no picture", () => {
  const odd = cloud(3, { x: Float32Array.of(NaN, 0, Infinity), y: Float32Array.of(0, 0, 0) });
  assert.deepEqual(chosenPoints(odd, groupsOf(odd, new Set(), null), view(100), size, 40).map((k) => odd.order[k]), [1]);
});

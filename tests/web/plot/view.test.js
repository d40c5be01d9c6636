import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../../vae_explorer/web/plot/camera.js";
import * as view from "../../../vae_explorer/web/plot/view.js";

const size = { width: 800, height: 400 };
const near = (a, b) => assert.ok(a.every((value, i) => Math.abs(value - b[i]) < 1e-9), `${a} is not ${b}`);

test("screen and data are each other's inverse, and y points up", () => {
  const seen = { x: 1, y: -2, scale: 50 };
  near(view.toScreen(seen, size, [1, -2]), [400, 200]);
  assert.ok(view.toScreen(seen, size, [1, 0])[1] < 200);
  near(view.toData(seen, size, view.toScreen(seen, size, [3.5, 0.25])), [3.5, 0.25]);
});

test("panning carries the content with the hand", () => {
  const before = { x: 0, y: 0, scale: 20 };
  near(view.toScreen(view.pan(before, 30, -10), size, [2, 3]), view.toScreen(before, size, [2, 3]).map((p, i) => p + [30, -10][i]));
});

test("zooming keeps what lies under the pointer, also at the limits", () => {
  const before = { x: 1, y: 1, scale: 20 };
  for (const factor of [1.5, 0.2, 1e6, 1e-6]) {
    const after = view.zoomAt(before, size, [100, 350], factor, [5, 500]);
    near(view.toData(after, size, [100, 350]), view.toData(before, size, [100, 350]));
    assert.ok(after.scale >= 5 && after.scale <= 500);
  }
});

test("fit shows all of the bounds with one scale for both axes", () => {
  const fitted = view.fit([-1, 3, -5, 5], size);
  const [left, bottom] = view.toScreen(fitted, size, [-1, -5]);
  const [right, top] = view.toScreen(fitted, size, [3, 5]);
  assert.ok(left > 0 && right < 800 && top > 0 && bottom < 400);
  assert.ok(Math.abs((right - left) / 4 - (bottom - top) / 10) < 1e-9);
});

test("bounds are never flat nor unknown", () => {
  const bounds = (xs, ys) => view.boundsOf(Float32Array.from(xs), Float32Array.from(ys));
  assert.deepEqual(bounds([], []), [-3, 3, -3, 3]);
  assert.deepEqual(bounds([2], [1]), [1, 3, 0, 2]);
  assert.deepEqual(bounds([NaN, NaN], [1, 2]), [-3, 3, -3, 3]);
  assert.deepEqual(bounds([0, Infinity, 4, NaN], [1, 5, 1, 3]).slice(0, 2), [0, 4]);
  const [, , y0, y1] = bounds([0, 10], [1, 1]);
  assert.ok(y1 > y0 && y0 <= 1 && y1 >= 1);
});

test("a view survives its way through the page", () => {
  const state = view.viewState({ x: 0.123456789, y: -2, scale: 80 });
  assert.deepEqual(state, [0.123457, -2, 12.5]);
  near(Object.values(view.viewFromState(state)), [0.123457, -2, 80]);
  for (const bad of [null, [1, 2], [1, 2, 0], [1, NaN, 3], "x"]) assert.equal(view.viewFromState(bad), null);
});

test("a camera that shows everything follows the size, another keeps its view", () => {
  const camera = new Camera();
  camera.adopt(null, { width: 0, height: 0 });
  assert.equal(camera.view, null);
  camera.pan(5, 5);
  camera.resize(size);
  assert.equal(camera.state, null);
  camera.pan(10, 0);
  const before = camera.view;
  camera.resize({ width: 300, height: 300 });
  assert.equal(camera.view, before);
  assert.equal(camera.state.length, 3);
});

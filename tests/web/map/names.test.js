import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, centres } from "../../../vae_explorer/web/map/names.js";
import { FADED, HIDDEN, SHOWN } from "../../../vae_explorer/web/plot/cloud.js";

/** @param {[number, number, number][]} points x, y and label */
const cloudOf = (points) => ({
  xs: Float32Array.from(points, ([x]) => x),
  ys: Float32Array.from(points, ([, y]) => y),
  labels: Uint8Array.from(points, ([, , label]) => label),
});
const shown = (n) => new Uint8Array(n).fill(SHOWN);

test("a name stands on the point of its category that is nearest to the median, the largest category first", () => {
  const cloud = cloudOf([[9, 9, 0], [0, 0, 1], [1, 0, 1], [2, 1, 1], [90, 90, 1], [1, 9, 1], [NaN, 0, 0]]);
  assert.deepEqual(centres(cloud, shown(7), [0, 1]), [
    { id: 1, place: [1, 0] },
    { id: 0, place: [9, 9] },
  ]);
});

test("around a ring the name is on the ring", () => {
  const ring = Array.from({ length: 40 }, (_, i) => [Math.cos(i / 6), Math.sin(i / 6), 0]);
  const [{ place: [x, y] }] = centres(cloudOf(ring), shown(40), [0]);
  assert.ok(Math.abs(Math.hypot(x, y) - 1) < 1e-6);
});

test("hidden categories and those without a middle have no name; points that a selection fades still count", () => {
  const cloud = cloudOf([[0, 0, 0], [1, 1, 1], [2, 2, 2]]);
  const groups = Uint8Array.of(HIDDEN, FADED, SHOWN);
  assert.deepEqual(centres(cloud, groups, [0, 1]).map(({ id }) => id), [1]);
});

test("names that would lie on each other are moved apart, the first stays", () => {
  const box = { width: 10, height: 16 };
  const places = apart([[50, 50], [52, 50], [51, 50], [90, 50]].map((place) => ({ ...box, place }))).map(({ place }) => place);
  assert.deepEqual(places, [[50, 50], [52, 66], [51, 34], [90, 50]]);
});

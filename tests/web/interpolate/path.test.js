import assert from "node:assert/strict";
import { test } from "node:test";
import {
  classesAt,
  frameIndices,
  indexAt,
  nearestFrame,
  stepOf,
  tAt,
  toAndFro,
} from "../../../vae_explorer/web/interpolate/path.js";

test("t leads to the nearest code and back", () => {
  for (const points of [2, 3, 101, 255]) {
    for (let i = 0; i < points; i++) assert.equal(indexAt(tAt(i, points), points), i);
    assert.equal(tAt(points - 1, points), 1);
  }
  assert.equal(indexAt(-1, 5), 0);
  assert.equal(indexAt(2, 5), 4);
  assert.equal(tAt(0, 1), 0);
});

test("as many steps as the path has never overshoot t = 1, and reach its last code", () => {
  for (let points = 2; points <= 1024; points++) {
    const end = (points - 1) * stepOf(points);
    assert.ok(end <= 1);
    assert.equal(indexAt(end, points), points - 1);
  }
});

test("both ends are frames, whatever the stride", () => {
  assert.deepEqual(frameIndices(7, 3), [0, 3, 6]);
  assert.deepEqual(frameIndices(6, 3), [0, 3, 5]);
  assert.deepEqual(frameIndices(1, 3), [0]);
  assert.deepEqual(frameIndices(3, 0), [0, 1, 2]);
});

test("from one class to another in even steps, and one class as it is", () => {
  assert.equal(classesAt(null, [0], 5), null);
  assert.equal(classesAt({ start: 0, end: 0, classes: 3 }, [0, 4], 5), 0);
  assert.deepEqual(classesAt({ start: 2, end: 0, classes: 3 }, [0, 1, 4], 5), [[0, 0, 1], [0.25, 0, 0.75], [1, 0, 0]]);
});

test("the nearest frame is found", () => {
  const frames = [0, 4, 8, 9];
  assert.deepEqual([0, 1, 3, 4, 5, 7, 9].map((index) => nearestFrame(frames, index)), [0, 0, 1, 1, 1, 2, 3]);
  assert.equal(nearestFrame(frames, 99), 3);
});

test("to and fro from anywhere", () => {
  assert.equal(toAndFro(0, 500, 1000), 0.5);
  assert.equal(toAndFro(0.5, 1000, 1000), 0.5);
  assert.equal(toAndFro(1, 0, 1000), 1);
  assert.equal(toAndFro(1, 250, 1000), 0.75);
  assert.equal(toAndFro(0, 2000, 1000), 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { betaChanges, between, clamped, nearestFirst, placeOf, stepAt } from "../../../vae_explorer/web/journal/timeline.js";

const STEPS = [0, 10, 40, 100];

test("a place lies between two snapshots, or on one", () => {
  assert.deepEqual(between(1.25, 4), { before: 1, after: 2, share: 0.25 });
  assert.deepEqual(between(2, 4), { before: 2, after: 3, share: 0 });
  assert.deepEqual(between(3, 4), { before: 2, after: 3, share: 1 });
  assert.deepEqual(between(9, 4), { before: 2, after: 3, share: 1 });
  assert.deepEqual(between(0.7, 1), { before: 0, after: 0, share: 0 });
  assert.equal(clamped(-2, 4), 0);
  assert.equal(clamped(5, 0), 0);
});

test("steps and places are each other's inverse, also when snapshots were thinned out meanwhile", () => {
  assert.equal(stepAt(STEPS, 1.5), 25);
  for (const place of [0, 0.3, 1, 2.9, 3]) assert.ok(Math.abs(placeOf(STEPS, stepAt(STEPS, place)) - place) < 1e-9);
  assert.equal(placeOf([0, 40, 100], stepAt(STEPS, 2)), 1);
  assert.equal(placeOf(STEPS, 1000), 3);
  assert.equal(placeOf([], 5), 0);
});

test("what is nearest comes first, what was trained later before what was trained earlier", () => {
  assert.deepEqual(nearestFirst(4, 1), [1, 2, 0, 3]);
  assert.deepEqual(nearestFirst(4, 3), [3, 2, 1, 0]);
});

test("a change of beta lies between the snapshots that differ", () => {
  const snapshots = [1, 1, 4, 4, 2].map((beta, step) => ({ step, beta }));
  assert.deepEqual(betaChanges(snapshots), [
    { place: 1.5, beta: 4 },
    { place: 3.5, beta: 2 },
  ]);
});

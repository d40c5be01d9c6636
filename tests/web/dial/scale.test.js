import assert from "node:assert/strict";
import { test } from "node:test";
import { betaAt, marked, nearestStop, shareOf, written } from "../../../vae_explorer/web/dial/scale.js";

const STOPS = [0.25, 0.3536, 0.5, 0.7071, 1, 2, 4, 16];

test("equal ways are equal ratios", () => {
  assert.deepEqual([0.25, 2, 16].map((beta) => shareOf(STOPS, beta)), [0, 0.5, 1]);
  for (const beta of STOPS) assert.ok(Math.abs(betaAt(STOPS, shareOf(STOPS, beta)) - beta) < 1e-12);
});

test("it rests at the stop that is nearest by ratio", () => {
  assert.deepEqual([0.01, 0.29, 0.31, 2.8, 2.9, 99].map((beta) => STOPS[nearestStop(STOPS, beta)]), [0.25, 0.25, 0.3536, 2, 4, 16]);
});

test("powers of two and both ends are marked, and numbers are short", () => {
  assert.deepEqual(marked([0.3, 0.5, 0.7, 1, 3, 4, 5]), [0.3, 0.5, 1, 4, 5]);
  assert.deepEqual([0.25, 2.8284, 10.0794, 16].map(written), ["0.25", "2.83", "10.1", "16"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAmong, writeAt } from "../../../vae_explorer/web/pieces/stops.js";

const BETAS = [0.25, 1, 4, 16];
const STOPS = { betas: BETAS, n: 3, low: -1, step: 0.5, levels: Uint16Array.from([0, 2, 4, 2, 4, 8, 4, 6, 0, 6, 6, 6]) };
const ORDER = Uint32Array.from([2, 0, 1]);

/** @param {number} beta */
function at(beta) {
  const values = new Float32Array(3);
  writeAt(STOPS, beta, ORDER, values);
  return [...values];
}

test("β lies among the stops by its logarithm, and no farther out than the ends", () => {
  assert.deepEqual([0.1, 0.25, 1, 2, 16, 99].map((beta) => placeAmong(BETAS, beta)), [0, 0, 1, 1.5, 3, 3]);
});

test("a stop is what was measured there, in the order in which points are drawn", () => {
  assert.deepEqual(at(0.25), [1, -1, 0]);
  assert.deepEqual(at(16), [2, 2, 2]);
  assert.deepEqual(at(99), at(16));
});

test("between two stops lies the straight line", () => {
  const [low, high, middle] = [at(1), at(4), at(2)];
  middle.forEach((value, i) => assert.ok(Math.abs(value - (low[i] + high[i]) / 2) < 1e-6));
});

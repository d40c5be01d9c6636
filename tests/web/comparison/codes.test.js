import assert from "node:assert/strict";
import { test } from "node:test";

import { carriedPlace, placeCode, stripCodes, unitCode, valueAt } from "../../../vae_explorer/web/comparison/codes.js";

const unit = { unit: 1, words: "unit 1", sign: -1, correlation: -0.9, home: 0.5, deviation: 2, kl: 1, idle: false };
const none = { ...unit, unit: null };

test("a unit that runs against the first model's is moved the other way, in its own deviations", () => {
  assert.equal(valueAt(unit, 1.5), 0.5 - 3);
  assert.equal(valueAt({ ...unit, sign: 1 }, 1.5), 0.5 + 3);
  assert.deepEqual(unitCode([7, 8, 9], unit, 1), [7, -1.5, 9]);
});

test("where no unit is matched the image's own code stays, and there is no strip", () => {
  assert.deepEqual(unitCode([7, 8, 9], none, 1), [7, 8, 9]);
  assert.deepEqual(stripCodes([7, 8, 9], none, [-1, 0, 1]), []);
  assert.deepEqual(stripCodes([7, 8], unit, [0, 1]), [[7, 0.5], [7, -1.5]]);
});

test("a place is carried to a code, and this to a place of the other map", () => {
  const carried = { origin: [1, 2, 3], across: [1, 0, -1], up: [0, 2, 0], r2: 0.8 };
  assert.deepEqual(placeCode(carried, [2, -1]), [3, 0, 1]);
  assert.deepEqual(carriedPlace(carried, { kind: "units", units: [2, 0] }, [2, -1]), [1, 3]);
});

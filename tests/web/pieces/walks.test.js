import assert from "node:assert/strict";
import { test } from "node:test";
import { stripCodes, withUnits } from "../../../vae_explorer/web/pieces/walks.js";

const pin = [9, 8, 7];

test("changes leave the pin as it was", () => {
  assert.deepEqual(withUnits(pin, [[1, 0], [2, 3]]), [9, 0, 3]);
  assert.deepEqual(pin, [9, 8, 7]);
});

test("a strip moves one unit alone", () => {
  assert.deepEqual(stripCodes(pin, 1, [-3, 3]), [[9, -3, 7], [9, 3, 7]]);
});

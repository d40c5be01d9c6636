import assert from "node:assert/strict";
import { test } from "node:test";
import { unitsShown } from "../../../vae_explorer/web/journal/walks.js";

test("walks are those of the units that carry the most, in their own order", () => {
  const kl = Array.from({ length: 12 }, (_, unit) => unit);
  assert.deepEqual(unitsShown(kl, 12, null), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(unitsShown(kl, 12, 0), [0, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(unitsShown(kl, 3, 7), [0, 1, 2]);
  assert.deepEqual(unitsShown(null, 2, 1), [0, 1]);
});

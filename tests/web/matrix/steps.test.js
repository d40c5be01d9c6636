import assert from "node:assert/strict";
import test from "node:test";

import { moved } from "../../../vae_explorer/web/matrix/steps.js";

test("arrows lead to the next cell and never beyond the edge", () => {
  assert.deepEqual(moved("ArrowRight", [1, 1], [3, 4]), [1, 2]);
  assert.deepEqual(moved("ArrowUp", [1, 1], [3, 4]), [0, 1]);
  assert.deepEqual(moved("ArrowUp", [0, 1], [3, 4]), [0, 1]);
  assert.deepEqual(moved("ArrowRight", [2, 3], [3, 4]), [2, 3]);
  assert.deepEqual(moved("ArrowDown", [0, 0], [1, 4]), [0, 0]);
  assert.deepEqual(moved("Home", [2, 3], [3, 4]), [2, 0]);
  assert.deepEqual(moved("End", [2, 0], [3, 4]), [2, 3]);
  assert.equal(moved("Enter", [0, 0], [3, 4]), null);
});

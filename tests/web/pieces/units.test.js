import assert from "node:assert/strict";
import test from "node:test";

import { unitWords } from "../../../vae_explorer/web/pieces/units.js";

test("a unit is said by its number and, where it has one, its name", () => {
  assert.equal(unitWords(3, { 3: "x position" }), "unit 3 (x position)");
  assert.equal(unitWords(0, { 3: "x position" }), "unit 0");
});

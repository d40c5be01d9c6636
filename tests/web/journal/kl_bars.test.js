import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf } from "../../../vae_explorer/web/journal/kl_bars.js";

test("bars have a scale also when nothing is carried or known", () => {
  assert.equal(scaleOf([0, 0]), 0.1);
  assert.equal(scaleOf([0.5, null, 2.5]), 2.5);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { handWords } from "../../../vae_explorer/web/comparison/words.js";

const data = /** @type {any} */ ({
  units: [{ unit: 3, title: "unit 3 · 2.55 nats" }],
  classes: ["square", "heart"],
  models: [
    { title: "β = 1", map: { model: "one" }, carried: [{ r2: 1 }, { r2: 0.724 }] },
    { title: "β = 4", map: { model: "four" }, carried: [{ r2: -0.12 }, { r2: 1 }] },
  ],
});

test("a place says how much of each other model's codes the affine map tells of images it was not fitted on", () => {
  const said = handWords({ kind: "place", column: 0, place: [0, 0] }, data, []);
  assert.ok(said.includes("β = 1 (one)"));
  assert.ok(said.endsWith("held-out R² 72 % (β = 4)."));
  assert.ok(handWords({ kind: "place", column: 1, place: [0, 0] }, data, []).endsWith("held-out R² −12 % (β = 1)."));
});

test("an image is called by its number and class, a unit by its name; its place stands beside the slider", () => {
  assert.ok(handWords({ kind: "image", index: 1 }, data, [0, 1]).includes("image 1 (heart)"));
  assert.ok(handWords({ kind: "unit", row: 0, t: -1.5 }, data, []).includes("unit 3 · 2.55 nats"));
  assert.equal(handWords({ kind: "unit", row: 0, t: -1.5 }, data, []), handWords({ kind: "unit", row: 0, t: 2 }, data, []));
});

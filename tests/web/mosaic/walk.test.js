import assert from "node:assert/strict";
import test from "node:test";

import { walkOf } from "../../../vae_explorer/web/mosaic/walk.js";

const source = { kind: "codes", model: "a", version: "1", z: [[-1, 7], [1, 7]], y: [2, 2] };
const walks = { home: [9, 7], strips: { 0: [-1, 1], 1: [-3, 3] }, captions: { 0: "unit 0", 1: "unit 1" } };
const data = { image: { c: 1, h: 2, w: 2 }, columns: 2, caption: "unit 0", source, labels: [], choices: [], walks };

test("the walk of another unit is what the page will tell, to the letter", () => {
  const told = { ...data, caption: "unit 1", source: { ...source, z: [[9, -3], [9, 3]] } };
  assert.equal(JSON.stringify(walkOf(data, 1)), JSON.stringify(told));
});

test("pictures that are no walks, and units that were not told of, stay", () => {
  assert.equal(walkOf({ ...data, walks: null }, 1), null);
  assert.equal(walkOf(data, 5), null);
  const originals = { kind: "originals", dataset: "d", split: "test", indices: [1], note: "" };
  assert.equal(walkOf({ ...data, source: originals }, 1), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../../vae_explorer/web/journal/gallery.js";

test("rows of pictures are full, so that each original has its reconstruction below it", () => {
  assert.deepEqual([16, 12, 8, 7, 11, 1].map(columnsOf), [8, 6, 8, 7, 1, 1]);
});

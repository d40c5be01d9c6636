import assert from "node:assert/strict";
import { test } from "node:test";
import { nearer } from "../../../vae_explorer/web/journal/map_view.js";

test("the view moves towards what is wanted without overshooting", () => {
  const [from, to] = [{ x: 0, y: 0, scale: 10 }, { x: 4, y: -2, scale: 40 }];
  assert.deepEqual(nearer(from, to, 0.5), { x: 2, y: -1, scale: 20 });
  assert.deepEqual(nearer(from, to, 1), to);
});

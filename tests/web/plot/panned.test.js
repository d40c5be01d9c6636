import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../../vae_explorer/web/plot/panned.js";
import { pan, toScreen, zoomAt } from "../../../vae_explorer/web/plot/view.js";

const size = { width: 600, height: 400 };
const kept = { x: 2, y: -1, scale: 50 };

test("a picture moves with the points of a panned view", () => {
  const view = pan(kept, 37, -21);
  const [before, after] = [kept, view].map((each) => toScreen(each, size, [2.5, -0.5]));
  const by = moved(kept, view, size);
  assert.ok(Math.abs(by[0] - (after[0] - before[0])) < 1e-9);
  assert.ok(Math.abs(by[1] - (after[1] - before[1])) < 1e-9);
});

test("it is drawn anew where it no longer covers the plot, and in another scale", () => {
  assert.deepEqual(moved(kept, kept, size), [0, 0]);
  assert.notEqual(moved(kept, pan(kept, 179, 0), size), null);
  assert.equal(moved(kept, pan(kept, 181, 0), size), null);
  assert.equal(moved(kept, pan(kept, 0, -121), size), null);
  assert.equal(moved(kept, zoomAt(kept, size, [300, 200], 1.1, [1, 1000]), size), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeIn, within, zoomOf } from "../../../vae_explorer/web/pieces/own_pixels.js";

const BOX = { left: 30, top: 40, width: 450, height: 300 };

test("a spot of the window is told in an element's own pixels, however they are shown", () => {
  const spot = { clientX: 180, clientY: 190 };
  assert.deepEqual(within(BOX, { width: 450, height: 300 }, spot), [150, 150]);
  assert.deepEqual(within(BOX, { width: 300, height: 200 }, spot), [100, 100]);
  assert.deepEqual(within(BOX, { width: 900, height: 200 }, spot), [300, 100]);
});

test("what takes no room is shown as it is", () => {
  assert.deepEqual(within({ left: 3, top: 4, width: 0, height: 0 }, { width: 0, height: 0 }, { clientX: 5, clientY: 7 }), [2, 3]);
});

test("an element knows by how much it is zoomed", () => {
  const node = { offsetWidth: 300, offsetHeight: 200, getBoundingClientRect: () => BOX };
  assert.equal(zoomOf(node), 1.5);
  assert.deepEqual(placeIn(node, { clientX: 30, clientY: 340 }), [0, 200]);
});

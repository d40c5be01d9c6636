import assert from "node:assert/strict";
import { test } from "node:test";
import { ahead, held } from "../../../vae_explorer/web/journal/hold.js";

const square = (half) => [-half, half, -half, half];

test("a snapshot's view holds itself and all that come after it, and nothing of those before", () => {
  const [small, wild, shifted] = [square(1), square(8), [2, 4, 2, 4]];
  assert.deepEqual(ahead([wild, small, shifted]), [wild, [-1, 4, -1, 4], shifted]);
  assert.deepEqual(ahead([small, wild, null]), [wild, wild, null]);
  assert.deepEqual(ahead([]), []);
});

test("a view grows with what is needed, stays where little is, and lets go of what is far too wide", () => {
  assert.deepEqual(held(null, square(3)), square(3));
  assert.deepEqual(held(square(3), square(5)), square(5));
  assert.deepEqual(held(square(4), square(3.1)), square(4));
  assert.deepEqual(held(square(8), square(3.1)), square(3.1));
});

test("what is held for long settles", () => {
  for (const needed of [square(3), square(7), [0, 9, -2, 3]]) {
    const once = held(square(8), needed);
    assert.deepEqual(held(once, needed), once);
  }
});

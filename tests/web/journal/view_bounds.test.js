import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsAhead, nextBounds, union } from "../../../vae_explorer/web/journal/view_bounds.js";

const square = (half) => [-half, half, -half, half];

test("a snapshot's view holds itself and all that come after it, and nothing of those before", () => {
  const [small, wild, shifted] = [square(1), square(8), [2, 4, 2, 4]];
  assert.deepEqual(boundsAhead([wild, small, shifted]), [wild, [-1, 4, -1, 4], shifted]);
  assert.deepEqual(boundsAhead([small, wild, null]), [wild, wild, null]);
  assert.deepEqual(boundsAhead([]), []);
});

test("a view grows with what is needed, stays where little is, and lets go of what is far too wide", () => {
  assert.deepEqual(nextBounds(null, square(3)), square(3));
  assert.deepEqual(nextBounds(square(3), square(5)), square(5));
  assert.deepEqual(nextBounds(square(4), square(3.1)), square(4));
  assert.deepEqual(nextBounds(square(8), square(3.1)), square(3.1));
});

test("what is held for long settles", () => {
  for (const needed of [square(3), square(7), [0, 9, -2, 3]]) {
    const once = nextBounds(square(8), needed);
    assert.deepEqual(nextBounds(once, needed), once);
  }
});

test("the bounds of several hold every one of them", () => {
  assert.deepEqual(union([[-3, 3, -3, 3], null, [-1, 5, -4, 0]]), [-3, 5, -4, 3]);
  assert.equal(union([null]), null);
});

import assert from "node:assert/strict";
import test from "node:test";

import { alike, lane, onAxis, swarm } from "../../../vae_explorer/web/scores/swarm.js";

/** @param {number} value @param {string} name */
const dot = (value, name) => ({ name, value, ceiling: 1 });

test("marks that would cover each other stand in rows of their own, and the last row is shared", () => {
  assert.deepEqual(swarm([0.1, 0.11, 0.12, 0.2], 0.05, 3), [0, 1, 2, 0]);
  assert.deepEqual(swarm([0.1, 0.1, 0.1], 0.05, 2), [0, 1, 1]);
  assert.deepEqual(swarm([], 0.05, 2), []);
});

test("rows lie around the middle", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(lane).map((place) => place + 0), [0, 1, -1, 2, -2]);
});

test("what is beyond the axis stands at its end", () => {
  assert.deepEqual([-0.2, 0.4, 1.3].map(onAxis), [0, 0.4, 1]);
});

test("ways that read alike are one mark, in the order of their values", () => {
  const names = alike([dot(0.5, "a"), dot(0.2, "b"), dot(0.50001, "c")]).map((group) => group.map(({ name }) => name));
  assert.deepEqual(names, [["b"], ["a", "c"]]);
});

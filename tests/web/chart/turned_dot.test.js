import assert from "node:assert/strict";
import { test } from "node:test";
import { turnedDot } from "../../../vae_explorer/web/chart/turned_dot.js";

const DATA = [
  { x: [0, 1], y: [0, 1] },
  { x: [24, 18, 10], y: [80, 84, 104], meta: { network: "net", betas: [0.25, 1, 4] } },
  { x: [9], y: [108], customdata: ["other"] },
  { x: [18], y: [84], customdata: ["net@1"] },
];

test("the dot of a network lies on its measured curve", () => {
  assert.deepEqual(turnedDot(DATA, "net", 1), { trace: 3, x: 18, y: 84 });
  assert.deepEqual(turnedDot(DATA, "net", 2), { trace: 3, x: 14, y: 94 });
  assert.deepEqual(turnedDot(DATA, "net", 99), { trace: 3, x: 10, y: 104 });
});

test("a network without a curve or without a dot has none", () => {
  assert.equal(turnedDot(DATA, "other", 1), null);
  assert.equal(turnedDot(DATA.slice(0, 3), "net", 1), null);
});

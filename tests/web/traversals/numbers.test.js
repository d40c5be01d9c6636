import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal } from "../../../vae_explorer/web/pieces/ticks.js";
import { axisTicks, shortCode, unitNote } from "../../../vae_explorer/web/traversals/numbers.js";

test("numbers have a true minus and no minus zero", () => {
  assert.equal(decimal(-1.234), "−1.23");
  assert.equal(decimal(-0.001), "0.00");
});

test("a long code says what it leaves out", () => {
  assert.equal(shortCode([1, -2]), "z = (1.00, −2.00)");
  assert.match(shortCode(Array(32).fill(0)), /^z = \((0\.00, ){10}…\) of 32 units$/);
});

test("a unit says what ranks it: its KL, or for a plain autoencoder how far mu varies", () => {
  assert.deepEqual(unitNote(1.234, 0.9), { text: "1.23 nats", idle: false });
  assert.deepEqual(unitNote(0.001, 0.9), { text: "0.00 nats, collapsed", idle: true });
  assert.deepEqual(unitNote(null, 1.24), { text: "Var(mu) 1.24", idle: false });
  assert.deepEqual(unitNote(null, 0.004), { text: "Var(mu) 0.00, constant", idle: true });
});

test("ticks are round and lie at the right cells", () => {
  const marks = axisTicks([-3, -1, 1, 3], 100, 60);
  assert.deepEqual(marks.map(({ label }) => label), ["−3", "−2", "−1", "0", "1", "2", "3"]);
  assert.deepEqual(marks.map(({ at }) => Math.round(at)), [50, 100, 150, 200, 250, 300, 350]);
  assert.deepEqual(axisTicks([3, 1, -1, -3], 100, 60).map(({ at }) => Math.round(at)).at(-1), 50);
  const quantiles = axisTicks([-6, -1, -0.4, 0, 0.4, 1, 6], 40, 40);
  assert.ok(quantiles.every(({ at }, i) => i === 0 || at - quantiles[i - 1].at >= 32));
  assert.ok(quantiles.some(({ label }) => label === "0"));
  assert.deepEqual(axisTicks([0], 28, 60), [{ label: "0.00", at: 14 }]);
});

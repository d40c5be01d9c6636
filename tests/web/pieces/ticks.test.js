import assert from "node:assert/strict";
import { test } from "node:test";
import { axisTicks } from "../../../vae_explorer/web/plot/axes.js";
import { niceStep, ticks } from "../../../vae_explorer/web/pieces/ticks.js";

test("steps are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([1, 1.2, 3, 7, 0.03, 12].map(niceStep).map((step) => Number(step.toPrecision(3))), [1, 2, 5, 10, 0.05, 20]);
});

test("ticks stand on multiples of the step, zero without a sign", () => {
  assert.deepEqual(ticks(-0.25, 0.2, 0.1).map(({ label }) => label), ["−0.2", "−0.1", "0", "0.1", "0.2"]);
  assert.deepEqual(ticks(3, 17, 5).map(({ label }) => label), ["5", "10", "15"]);
  assert.deepEqual(ticks(1, 0, 1), []);
});

test("both axes have the same step at every zoom", () => {
  for (const scale of [1e-3, 0.7, 42, 1e5]) {
    const { x, y } = axisTicks({ x: 0.1, y: -3, scale }, { width: 800, height: 500 });
    assert.ok(x.length >= 4 && x.length <= 12 && y.length >= 2);
    assert.ok(Math.abs(x[1].value - x[0].value - (y[1].value - y[0].value)) < 1e-6 / scale);
  }
});

test("a small plot has more than one tick, so that its scale can be read", () => {
  for (const scale of [1e-3, 0.7, 36, 38, 42, 1e5]) {
    const { x, y } = axisTicks({ x: 0, y: 0, scale }, { width: 350, height: 350 });
    assert.ok(x.length >= 3 && x.length <= 8 && y.length === x.length, `${scale}: ${x.length}`);
  }
});

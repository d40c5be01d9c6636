import assert from "node:assert/strict";
import test from "node:test";

import { smoothed } from "../../../vae_explorer/web/pieces/cells.js";
import { sides } from "../../../vae_explorer/web/interpolate/sides.js";

test("pictures are smoothed where crisp pixels would be uneven, and only there", () => {
  assert.ok(smoothed(1.34, 1) && smoothed(0.8, 1) && smoothed(1.25, 2));
  assert.ok(!smoothed(2, 1) && !smoothed(1.5, 2) && !smoothed(8.57, 1));
});

test("the picture at t takes the height, and the ends beside it are as high as it", () => {
  const { picture, end, stacked } = sides({ width: 2410, height: 1000 }, 1440);
  assert.equal(picture, 870);
  assert.ok(!stacked && Math.abs(2 * end + 102 - (picture + 76)) <= 2);
});

test("where the width does not hold the pictures, all shrink by one factor", () => {
  const free = sides({ width: 9999, height: 900 }, 900);
  const held = sides({ width: 1000, height: 900 }, 900);
  assert.ok(held.picture + 2 * held.end + 64 <= 1000);
  assert.ok(Math.abs(held.picture / held.end - free.picture / free.end) < 0.01);
});

test("on a narrow screen the ends stand beneath the picture, which leaves the slider in sight", () => {
  assert.deepEqual(sides({ width: 360, height: 340 }, 844), { picture: 360, end: 160, stacked: true });
  assert.equal(sides({ width: 600, height: 340 }, 360).picture, 230);
});

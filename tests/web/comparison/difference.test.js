import assert from "node:assert/strict";
import { test } from "node:test";

import { difference, distance, tone } from "../../../vae_explorer/web/comparison/difference.js";

/** @param {number} c @param {number[]} bytes */
const picture = (c, bytes) => ({ header: { n: 1, c, h: 1, w: bytes.length / c }, bytes: Uint8Array.from(bytes) });

test("what is missing, what is met and what is too much have three colours on one scale", () => {
  const found = difference(picture(1, [255, 90, 0]), picture(1, [0, 90, 255]));
  assert.deepEqual(found?.header, { n: 1, c: 3, h: 1, w: 3 });
  const pixels = [0, 1, 2].map((at) => [0, 3, 6].map((channel) => found?.bytes[channel + at]));
  assert.deepEqual(pixels, [tone(1), tone(0), tone(-1)]);
});

test("the scale is fixed: half the range is half the way, whatever else is in the picture", () => {
  const [some] = [difference(picture(1, [128, 0]), picture(1, [0, 0]))];
  assert.deepEqual([0, 2, 4].map((at) => some?.bytes[at]), tone(128 / 255));
});

test("of colours the mean counts", () => {
  const found = difference(picture(3, [30, 60, 90]), picture(3, [0, 0, 0]));
  assert.deepEqual([...(found?.bytes ?? [])], tone(60 / 255));
});

test("the distance is the root of the mean squared difference, of a range of 1", () => {
  assert.equal(distance(picture(1, [255, 0]), picture(1, [0, 0])), Math.SQRT1_2);
  assert.equal(distance(picture(1, [3, 4]), picture(1, [3, 4])), 0);
});

test("pictures of two sizes have no difference", () => {
  assert.equal(difference(picture(1, [1, 2]), picture(1, [1])), null);
  assert.equal(distance(picture(1, [1, 2]), picture(1, [1])), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mosaic } from "../../../vae_explorer/web/pieces/pictures.js";

const at = ({ width, pixels }, x, y) => [...pixels.slice(4 * (y * width + x), 4 * (y * width + x) + 4)];

test("grey images stand row by row with a transparent gap", () => {
  const picture = mosaic({ n: 3, c: 1, h: 1, w: 2 }, Uint8Array.of(1, 2, 3, 4, 5, 6), { columns: 2, gap: 1 });
  assert.deepEqual([picture.width, picture.height], [5, 3]);
  assert.deepEqual(at(picture, 1, 0), [2, 2, 2, 255]);
  assert.deepEqual(at(picture, 2, 0), [0, 0, 0, 0]);
  assert.deepEqual(at(picture, 3, 0), [3, 3, 3, 255]);
  assert.deepEqual(at(picture, 0, 2), [5, 5, 5, 255]);
  assert.deepEqual(at(picture, 4, 2), [0, 0, 0, 0]);
});

test("colour planes become RGB", () => {
  const picture = mosaic({ n: 1, c: 3, h: 1, w: 2 }, Uint8Array.of(10, 11, 20, 21, 30, 31));
  assert.deepEqual(at(picture, 0, 0), [10, 20, 30, 255]);
  assert.deepEqual(at(picture, 1, 0), [11, 21, 31, 255]);
});

test("no image is one transparent pixel", () => {
  assert.deepEqual([...mosaic({ n: 0, c: 1, h: 28, w: 28 }, new Uint8Array(0)).pixels], [0, 0, 0, 0]);
});

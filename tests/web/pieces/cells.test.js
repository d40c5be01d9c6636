import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellAt,
  cellBox,
  evenColumns,
  fitScale,
  pixelSize,
  sameCells,
  wholeScale,
} from "../../../vae_explorer/web/pieces/cells.js";

const image = { c: 1, h: 28, w: 32 };

test("a mosaic takes its room before its pictures come", () => {
  assert.deepEqual(pixelSize({ image, n: 6, columns: 4, gap: 1 }), { width: 131, height: 57 });
  assert.deepEqual(pixelSize({ image, n: 1, columns: 1 }), { width: 32, height: 28 });
  assert.deepEqual(pixelSize({ image, n: 0, columns: 4 }), { width: 128, height: 1 });
});

test("a scale is whole where that keeps most of the room", () => {
  const room = { width: 640, height: 640 };
  assert.equal(fitScale({ width: 560, height: 560 }, room), 1);
  assert.equal(fitScale({ width: 308, height: 308 }, room), 2);
  assert.equal(fitScale({ width: 420, height: 420 }, room), 640 / 420);
  assert.equal(fitScale({ width: 420, height: 420 }, room, 2), 1.5);
  assert.equal(fitScale({ width: 896, height: 448 }, room), 640 / 896);
});

test("a place in the sheet leads to its picture and back", () => {
  const layout = { image, n: 6, columns: 4, gap: 1, scale: 2 };
  for (let i = 0; i < 6; i++) {
    const { left, top, width, height } = cellBox(layout, i);
    assert.equal(cellAt(layout, left + width / 2, top + height / 2), i);
    assert.equal(cellAt(layout, left, top), i);
  }
});

test("outside the pictures there is none", () => {
  const layout = { image, n: 6, columns: 4, gap: 1, scale: 2 };
  const { left, top } = cellBox(layout, 6);
  for (const [x, y] of [[-1, 5], [5, -1], [4 * 66 + 1, 5], [left + 5, top + 5], [5, 500]]) {
    assert.equal(cellAt(layout, x, y), null);
  }
});

test("rows are evenly filled", () => {
  assert.equal(evenColumns(44, 19), 15);
  assert.equal(evenColumns(10, 64), 10);
  assert.equal(evenColumns(10, 0), 1);
  assert.equal(evenColumns(0, 8), 1);
});

test("cells are the same whatever the scale", () => {
  const layout = { image, n: 6, columns: 4 };
  assert.ok(sameCells(layout, { ...layout, image: { ...image }, scale: 3, gap: 0 }));
  assert.ok(!sameCells(layout, { ...layout, columns: 3 }));
  assert.ok(!sameCells(layout, { ...layout, image: { ...image, c: 3 } }));
  assert.ok(!sameCells(null, layout));
});

test("a picture to take along is enlarged by whole numbers", () => {
  assert.equal(wholeScale(image, 96), 3);
  assert.equal(wholeScale(image, 97), 4);
  assert.equal(wholeScale({ c: 3, h: 128, w: 64 }, 96), 1);
});

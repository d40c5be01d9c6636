import assert from "node:assert/strict";
import { test } from "node:test";
import { halo, lands } from "../../../vae_explorer/web/map/halo.js";
import { baseStep, centres, latticeGrid, mostCells } from "../../../vae_explorer/web/map/lattice.js";
import { fade } from "../../../vae_explorer/web/map/manifold.js";
import { fit, pan, toData, zoomAt } from "../../../vae_explorer/web/plot/view.js";

const size = { width: 900, height: 600 };
const square = { aspect: 1, most: 1024, flat: false };
const fitted = fit([-4, 4, -3, 3], size);
const gridOf = (view, shape = square, plot = size) => latticeGrid(view, plot, baseStep(fitted.scale, plot, shape), shape);

test("the halo is solid on data and falls linearly to what is faint", () => {
  const expected = [[0, 1], [1, 1], [2, 0.575], [3, 0.15], [50, 0.15]];
  for (const [distance, opacity] of expected) assert.ok(Math.abs(halo(distance) - opacity) < 1e-12);
});

test("a landing is drawn where it can be seen", () => {
  assert.equal(lands([10, 10], [50, 50], size), true);
  assert.equal(lands([10, 10], [12, 12], size), false);
  assert.equal(lands([10, 10], [-1, 50], size), false);
  assert.equal(lands([10, 10], [50, 601], size), false);
});

test("about 30 by 30 cells when everything is shown, however wide the plot", () => {
  for (const [width, height] of [[900, 900], [900, 600], [1500, 500], [2400, 1300]]) {
    const plot = { width, height };
    const view = fit([-4, 4, -3, 3], plot);
    const { columns, rows } = latticeGrid(view, plot, baseStep(view.scale, plot, square), square);
    assert.ok(columns * rows > 700 && columns * rows <= 1024, `${columns} × ${rows}`);
  }
});

test("at every zoom the cells cover the plot, are large enough and not too many", () => {
  for (let factor = 0.1; factor < 500; factor *= 1.17) {
    const view = pan(zoomAt(fitted, size, [100, 500], factor, [0, Infinity]), 13.7, -70.1);
    const { step, rise, left, top, columns, rows } = gridOf(view);
    const [x0, y1] = toData(view, size, [0, 0]);
    const [x1, y0] = toData(view, size, [size.width, size.height]);
    assert.ok(columns * rows <= 1024 && step * view.scale >= 24 - 1e-6);
    assert.ok(left * step <= x0 && (left + columns) * step >= x1);
    assert.ok((top + 1) * rise >= y1 && (top + 1 - rows) * rise <= y0);
    assert.ok(columns * rows > 150, "not coarser than it has to be");
  }
});

test("steps are powers of two of one another, and panning changes none", () => {
  const { step } = gridOf(fitted);
  for (const factor of [1.3, 2, 3, 7, 40]) {
    const power = Math.log2(step / gridOf(zoomAt(fitted, size, [0, 0], factor, [0, Infinity])).step);
    assert.ok(Math.abs(power - Math.round(power)) < 1e-9);
  }
  for (let shift = 0; shift < 60; shift += 1.3) assert.equal(gridOf(pan(fitted, shift, -shift)).step, step);
});

test("cells keep the aspect of the pictures, and large pictures are fewer", () => {
  const wide = { aspect: 0.5, most: mostCells({ c: 3, h: 64, w: 128 }), flat: false };
  const grid = gridOf(fitted, wide);
  assert.equal(grid.rise, grid.step / 2);
  assert.ok(grid.rise * fitted.scale >= 24 - 1e-6);
  assert.ok(grid.columns * grid.rows <= wide.most && wide.most === 170);
  assert.deepEqual([mostCells({ c: 1, h: 28, w: 28 }), mostCells({ c: 3, h: 4096, w: 4096 })], [1024, 1]);
});

test("one latent unit has one row of pictures, around the middle", () => {
  const grid = gridOf(fitted, { ...square, flat: true });
  assert.equal(grid.rows, 1);
  assert.ok(centres(grid).every(([, y]) => y === 0));
});

test("places are read row by row from the top, in the middle of their cells", () => {
  const grid = { step: 2, rise: 1, left: -1, top: 0, columns: 2, rows: 2 };
  assert.deepEqual(centres(grid), [[-1, 0.5], [1, 0.5], [-1, -0.5], [1, -0.5]]);
});

test("a picture far from the data is faint, and only that one", () => {
  const sheet = { width: 4, pixels: new Uint8ClampedArray(4 * 4 * 2).fill(255) };
  fade(sheet, { h: 2, w: 2 }, [0.5, 9]);
  const alpha = Array.from({ length: 8 }, (_, k) => sheet.pixels[4 * k + 3]);
  assert.deepEqual(alpha, [255, 255, 38, 38, 255, 255, 38, 38]);
});

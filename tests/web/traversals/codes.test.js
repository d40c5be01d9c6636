import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellUnits,
  gridCodes,
  nearest,
  outdated,
  place,
} from "../../../vae_explorer/web/traversals/codes.js";

const pin = [9, 8, 7];
const grid = { units: [2, 0], x: [-1, 0, 1], y: [5, -5] };

test("the grid lies over the plane: x to the right, its first row the largest y", () => {
  const codes = gridCodes(pin, grid);
  assert.equal(codes.length, 6);
  assert.deepEqual(codes[0], [5, 8, -1]);
  assert.deepEqual(codes[2], [5, 8, 1]);
  assert.deepEqual(codes[3], [-5, 8, -1]);
  assert.deepEqual(cellUnits(grid, 5), [[2, 1], [0, -5]]);
});

test("one unit makes one row", () => {
  const line = { units: [0], x: [-2, 2], y: [0] };
  assert.deepEqual(gridCodes([1], line), [[-2], [2]]);
  assert.deepEqual(cellUnits(line, 1), [[0, 2]]);
});

test("pictures stay true while only the units they walk through move", () => {
  assert.equal(outdated(null, pin, []), true);
  assert.equal(outdated([9, 8, 7], pin, []), false);
  assert.equal(outdated([9, 1, 7], pin, [1]), false);
  assert.equal(outdated([9, 1, 6], pin, [1]), true);
  assert.equal(outdated([9, 8], pin, [2]), true);
});

test("a value has its place among rising and falling values", () => {
  assert.equal(place([-1, 0, 2], 1), 1.5);
  assert.equal(place([2, 0, -1], 1), 0.5);
  assert.equal(place([2, 0, -1], -0.5), 1.5);
  assert.equal(place([-1, 0, 2], 4), 3);
  assert.equal(place([-1, 0, 2], -2), -1);
  assert.equal(place([0], 7), 0);
  assert.equal(nearest([-1, 0, 2], 99), 2);
  assert.equal(nearest([2, 0, -1], 0.2), 1);
});

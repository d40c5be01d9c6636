import assert from "node:assert/strict";
import { test } from "node:test";
import { endLabels } from "../../../vae_explorer/web/plot/value_bar.js";
import * as palette from "../../../vae_explorer/web/plot/palette.js";

const luma = (colour) => 0.2126 * (colour & 255) + 0.7152 * ((colour >> 8) & 255) + 0.0722 * ((colour >> 16) & 255);

test("a colour becomes the integer an ImageData holds, and back", () => {
  const colour = palette.parseColour("#3f90da");
  assert.equal(colour, 0xffda903f);
  assert.equal(palette.hex(colour), "#3f90da");
  const bytes = new Uint8Array(Uint32Array.of(colour).buffer);
  assert.deepEqual([...bytes], [0x3f, 0x90, 0xda, 255]);
});

test("the ramp grows lighter all the way, on both grounds", () => {
  for (const dark of [true, false]) {
    const lumas = [...palette.valueRamp(dark)].map(luma);
    assert.ok(lumas.every((value, i) => i < 4 || value >= lumas[i - 4]));
    assert.equal(lumas.length, 256);
  }
});

test("values outside the range take the end colours, what is no number is grey", () => {
  const ramp = palette.valueRamp(false);
  const colours = palette.valueColours(Float32Array.of(-9, 0, 1, 99, NaN), { low: 0, high: 1 }, ramp);
  assert.deepEqual([...colours], [ramp[0], ramp[0], ramp[255], ramp[255], 0xff999999]);
  assert.equal(palette.valueColours(Float32Array.of(5), { low: 5, high: 5 }, ramp)[0], ramp[0]);
});

test("one odd image does not take all the colours, and the bar says so", () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => i / 10);
  values[7] = 1e6;
  const range = palette.valueRange(values);
  assert.ok(range.high < 100);
  assert.deepEqual(endLabels(range), ["≤ 1.1", "≥ 99"]);
  assert.deepEqual(endLabels(palette.valueRange(Float32Array.of(2, 4))), ["2", "4"]);
  assert.deepEqual(palette.valueRange(new Float32Array(0)), { low: 0, high: 1, below: false, above: false });
});

test("every class has its colour, a class without one is grey", () => {
  assert.deepEqual([...palette.classColours(Uint8Array.of(1, 0, 5), ["#000000", "#ffffff"])], [0xffffffff, 0xff000000, 0xff999999]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFrame } from "../../../vae_explorer/web/wire/frame.js";
import { mix, mixedKl, pairRow, parseFixed, parseSnapshot } from "../../../vae_explorer/web/journal/snapshot.js";
import { frame } from "../fixtures.js";

const SIZES = { n: 3, c: 1, h: 1, w: 2 };
const fixed = parseFixed(parseFrame(frame({ ...SIZES, m: 2, values: [-1, 1] }, [7, 8, 9, 1, 2, 3, 4])));

function snapshot(xy, { flat = false, extra = [], kl = [0, 1] } = {}) {
  const places = new Uint8Array(Float32Array.from(xy).buffer);
  const header = { ...SIZES, step: 5, m: 2, k: 1, units: 1, values: 2, kl };
  const pictures = [11, 12, 13, 14, 21, 22, 31, 32, 33, 34];
  return parseSnapshot(parseFrame(frame(header, [...places, ...pictures, ...extra])), fixed, flat);
}

test("points are put into drawing order, labels alike", () => {
  const found = snapshot([0, 10, 1, 11, 2, 12]);
  assert.deepEqual([...found.xs], [...fixed.order]);
  assert.deepEqual([...found.ys], [...fixed.order].map((index) => index + 10));
  assert.deepEqual([...fixed.labels], [...fixed.order].map((index) => index + 7));
  assert.deepEqual([...fixed.originals], [1, 2, 3, 4]);
});

test("each kind of picture has its bytes", () => {
  const { reconstructions, samples, walks } = snapshot([0, 0, 0, 0, 0, 0]);
  assert.deepEqual([[...reconstructions], [...samples], [...walks]], [[11, 12, 13, 14], [21, 22], [31, 32, 33, 34]]);
});

test("with one unit the second axis means nothing and stays where it is", () => {
  const [a, b] = [snapshot([0, 1, 0, 2, 0, 3], { flat: true }), snapshot([5, 0, 5, 0, 5, 0], { flat: true })];
  assert.deepEqual(a.ys, b.ys);
  assert.deepEqual([...b.xs], [5, 5, 5]);
});

test("a body of another length is refused", () => {
  assert.throws(() => snapshot([0, 0, 0, 0, 0, 0], { extra: [1] }), RangeError);
  assert.throws(() => snapshot([0, 0, 0, 0]), RangeError);
});

test("between two snapshots everything is in between", () => {
  const [a, b] = [snapshot([0, 0, 0, 0, 0, 0], { kl: [0, 2] }), snapshot([4, 8, 4, 8, 4, 8], { kl: [1, 0] })];
  const into = { xs: new Float32Array(3), ys: new Float32Array(3) };
  mix(into, a, b, 0.25);
  assert.deepEqual([[...into.xs], [...into.ys]], [[1, 1, 1], [2, 2, 2]]);
  assert.deepEqual(mixedKl(a, b, 0.5), [0.5, 1]);
  assert.equal(mixedKl(a, { ...b, kl: null }, 0.5), null);
});

test("a row of pairs has the originals above", () => {
  assert.deepEqual([...pairRow(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8), 1, 2)], [3, 4, 7, 8]);
});

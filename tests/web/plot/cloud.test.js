import assert from "node:assert/strict";
import { test } from "node:test";
import * as clouds from "../../../vae_explorer/web/plot/cloud.js";
import { inPolygon, box, pointsWithin } from "../../../vae_explorer/web/plot/lasso.js";
import { nearest } from "../../../vae_explorer/web/plot/nearest.js";
import { diameter, PAD, scatter, stamp } from "../../../vae_explorer/web/plot/scatter.js";

const line = (n) => Float32Array.from({ length: n }, (_, i) => i);
const labels = (n, of) => Uint8Array.from({ length: n }, (_, i) => of(i));
const ten = clouds.cloud(10, { x: line(10), y: new Float32Array(10), label: labels(10, (i) => i % 2) });
const all = clouds.groupsOf(ten, new Set(), null);

test("the shuffle is a fixed permutation in which no class comes last", () => {
  const order = clouds.shuffle(1000);
  assert.deepEqual([...order].sort((a, b) => a - b), [...line(1000)]);
  assert.deepEqual(order, clouds.shuffle(1000));
  const late = order.slice(500).filter((index) => index >= 500).length;
  assert.ok(late > 200 && late < 300);
  assert.equal(clouds.shuffle(0).length, 0);
});

test("columns are drawn in the shuffled order", () => {
  assert.deepEqual([...ten.xs], [...ten.order]);
  assert.deepEqual([...ten.labels], [...ten.order].map((index) => index % 2));
  assert.deepEqual([...ten.order].map((index) => ten.rank[index]), [...line(10)]);
});

test("points that are some of the images keep these images’ numbers", () => {
  const some = clouds.cloud(3, { x: Float32Array.of(10, 40, 90), y: line(3), image: Uint32Array.of(1, 4, 9) });
  assert.deepEqual([...some.xs], [...some.order].map((index) => 10 * index));
  assert.deepEqual([...some.ys], [...some.places]);
  assert.deepEqual([1, 4, 9].map((index) => some.order[some.rank[index]]), [1, 4, 9]);
  assert.deepEqual([0, 4, 5, 10].map((index) => clouds.placeOf(some, index)), [null, [40, 1], null, null]);
});

test("one latent unit becomes a strip that is the same each time", () => {
  const [a, b] = [1, 2].map(() => clouds.cloud(50, { x: line(50) }));
  assert.deepEqual(a.ys, b.ys);
  assert.ok(new Set(a.ys).size > 40 && a.ys.every((y) => Math.abs(y) <= 0.15 * 49));
});

test("points are hidden with their class and fade when others are selected", () => {
  const selected = ten.labels.map((label, k) => (ten.order[k] < 4 ? 1 : 0));
  const groups = clouds.groupsOf(ten, new Set([1]), selected);
  const of = (index) => groups[ten.order.indexOf(index)];
  assert.deepEqual([of(1), of(2), of(8)], [clouds.HIDDEN, clouds.SHOWN, clouds.FADED]);
  assert.deepEqual(clouds.countsOf(ten.labels, 2), [5, 5]);
  assert.deepEqual(clouds.countsOf(ten.labels, 2, selected), [2, 2]);
});

test("the nearest visible point within reach is picked", () => {
  assert.equal(ten.order[nearest(ten, all, [3.2, 0.1], 1)], 3);
  assert.equal(nearest(ten, all, [3.5, 2], 1), null);
  assert.equal(ten.order[nearest(ten, clouds.groupsOf(ten, new Set([1]), null), [3.2, 0], 2)], 4);
});

test("a lasso holds what lies inside it, hidden points excepted", () => {
  const notch = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]];
  assert.equal(inPolygon(notch, 2, 0.5), true);
  assert.equal(inPolygon(notch, 2, 3), false);
  const area = box([1.5, -1], [5.5, 1]);
  assert.equal(pointsWithin(ten, all, area).count, 4);
  const { flags, count } = pointsWithin(ten, clouds.groupsOf(ten, new Set([0]), null), area);
  assert.equal(count, 2);
  assert.deepEqual([...flags].map((flag, k) => flag && ten.order[k]).filter(Boolean).sort(), [3, 5]);
});

function drawn(xs, ys, { size = 3, opacity = 255 } = {}) {
  const [width, height] = [20, 10];
  const stride = width + 2 * PAD;
  const pixels = new Uint32Array(stride * (height + 2 * PAD));
  const cloud = { n: xs.length, xs: Float32Array.from(xs), ys: Float32Array.from(ys) };
  const colours = Uint32Array.from(xs, (_, i) => 0xff000001 + i);
  const groups = new Uint8Array(xs.length).fill(clouds.SHOWN);
  scatter({ width, height, stride, pixels }, cloud, colours, groups, clouds.SHOWN, { x: 0, y: 10, scale: 1 }, size, opacity);
  return { at: (x, y) => pixels[(y + PAD) * stride + x + PAD], count: pixels.filter(Boolean).length };
}

test("a point is stamped where it lies, y upward", () => {
  const { at, count } = drawn([5.5], [3.5], { size: 1 });
  assert.equal(at(5, 6), 0xff000001);
  assert.equal(count, 1);
});

test("later points lie over earlier ones, soft rims only over nothing", () => {
  const { at } = drawn([5.5, 6.5], [3.5, 4.5]);
  assert.equal(at(6, 6), 0xff000002);
  assert.equal(at(5, 6), 0xff000001);
  assert.ok(at(7, 4) >>> 24 > 0 && at(7, 4) >>> 24 < 255);
});

test("points far away, beyond the edge or without a place harm nothing", () => {
  assert.equal(drawn([1e9, -1e9, NaN, Infinity], [0, 0, 0, NaN]).count, 0);
  assert.ok(drawn([-1], [5], { size: 5 }).at(0, 5) > 0);
  for (const edge of [-8, 27.99]) for (const y of [-7.99, 18]) assert.ok(drawn([edge], [y], { size: 15 }).count > 100);
});

test("faded points keep their opacity", () => {
  assert.equal(drawn([5.5], [3.5], { opacity: 38 }).at(5, 6) >>> 24, 38);
});

test("stamps are round, and larger where there is room", () => {
  assert.equal(stamp(1, 100).core.length, 1);
  assert.equal(stamp(2, 100).core.length, 4);
  const big = stamp(10, 100);
  assert.ok(Math.abs(big.core.length + big.cover.reduce((sum, part) => sum + part, 0) - 78.5) < 5);
  const bounds = [-4, 4, -3, 3];
  assert.ok(diameter(60000, bounds, 80) < diameter(1000, bounds, 80));
  assert.ok(diameter(60000, bounds, 80) < diameter(60000, bounds, 800));
  assert.ok(diameter(1, [0, 1, 0, 1e-3], 1e5) <= 5 && diameter(1e7, bounds, 1) >= 1.5);
});

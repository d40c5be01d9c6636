import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { polygonOf, simplified } from "../../../vae_explorer/web/map/area.js";
import { cloud, FADED, HIDDEN, SHOWN } from "../../../vae_explorer/web/plot/cloud.js";
import { Filter } from "../../../vae_explorer/web/map/filter.js";
import { Outbox } from "../../../vae_explorer/web/wire/outbox.js";
import { settle } from "../fixtures.js";

const line = Float32Array.from({ length: 10 }, (_, i) => i);
const legend = { column: "kmeans-2", title: "Cluster", names: ["low", "high"], colours: ["#000", "#fff"] };
const data = { hidden: [], classes: ["even", "odd"], traits: ["class"], legend, area: null };
const columns = { x: line, y: new Float32Array(10), label: line.map((i) => Number(i > 4)), class: line.map((i) => i % 2) };
const points = cloud(10, columns);
const around = (x0, x1) => [[x0, -1], [x1, -1], [x1, 1], [x0, 1]];
let sent;
let filter;

beforeEach(() => {
  const mine = (sent = []);
  filter = new Filter(new Outbox((name, value) => mine.push([name, value]), 0), () => {});
  filter.adopt(data, points, false);
});

const groupOf = (index) => filter.groups[points.rank[index]];

test("categories are counted and hidden, a selection tells classes", () => {
  filter.select(around(2.5, 6.5));
  assert.equal(filter.text, "4 images selected. By class: even (2), odd (2)");
  assert.deepEqual([groupOf(3), groupOf(8)], [SHOWN, FADED]);
  filter.hide(new Set([0]));
  assert.deepEqual([groupOf(3), groupOf(5), groupOf(8), filter.count], [HIDDEN, SHOWN, FADED, 2]);
  filter.hide(new Set());
  assert.equal(filter.count, 4);
});

test("the area is sent once, as the numbers that selected, and null when it is cleared", async () => {
  filter.select(around(2.49996, 6.5));
  await settle();
  assert.deepEqual(sent, [["area", [2.5, -1, 6.5, -1, 6.5, 1, 2.5, 1]]]);
  filter.adopt({ ...data, area: sent[0][1] }, points, false);
  filter.clear();
  await settle();
  assert.deepEqual([sent.length, sent[1], filter.selected], [2, ["area", null], null]);
});

test("an area without any point selects nothing and is not sent", async () => {
  filter.select(around(20, 30));
  filter.select([[0, 0], [1, 1]]);
  await settle();
  assert.deepEqual([sent, filter.selected], [[], null]);
});

test("the page's area is restored, and means nothing on another plane", () => {
  filter.adopt({ ...data, area: around(-0.5, 1.5).flat() }, points, false);
  assert.equal(filter.count, 2);
  filter.adopt({ ...data, area: around(-0.5, 1.5).flat() }, points, true);
  assert.equal(filter.count, 0);
});

test("a long way keeps its corners in 64 vertices", () => {
  const edge = (from, to) => Array.from({ length: 200 }, (_, i) => from.map((value, axis) => value + ((to[axis] - value) * i) / 200));
  const corners = [[0, 0], [7, 0.123456], [6, 5], [1, 4]];
  const kept = simplified(corners.flatMap((corner, i) => edge(corner, corners[(i + 1) % 4])));
  assert.equal(kept.length, 64);
  for (const [x, y] of corners) assert.ok(kept.some((place) => place[0] === x && Math.abs(place[1] - y) <= 5e-5));
  assert.deepEqual(simplified(around(0, 1)), around(0, 1));
});

test("what is no area is none", () => {
  for (const flat of [null, [], [1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7]]) assert.equal(polygonOf(flat), null);
  assert.deepEqual(polygonOf([1, 2, 3, 4, 5, 6]), [[1, 2], [3, 4], [5, 6]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cloud } from "../../../vae_explorer/web/plot/cloud.js";
import { Layers } from "../../../vae_explorer/web/map/layers.js";
import { neighbourPlaces } from "../../../vae_explorer/web/map/neighbours.js";
import { Sought } from "../../../vae_explorer/web/map/image_place.js";
import { pictureAt } from "../../../vae_explorer/web/map/thumbnails.js";
import { beside } from "../../../vae_explorer/web/map/tooltip.js";
import { Outbox } from "../../../vae_explorer/web/wire/outbox.js";
import { settle } from "../fixtures.js";

const line = Float32Array.from({ length: 10 }, (_, i) => i);
const points = cloud(10, { x: line, y: line });
const data = { point: 2, neighbours: { indices: [7, 3, 99], measure: "kl" }, elsewhere: {} };

test("neighbours are found where they lie, and only for the point they belong to", () => {
  assert.deepEqual(neighbourPlaces(data, 2, points), [[2, 2], [7, 7], [3, 3]]);
  assert.deepEqual(neighbourPlaces({ ...data, elsewhere: { 99: [4, 5] } }, 2, points), [[2, 2], [7, 7], [3, 3], [4, 5]]);
  assert.deepEqual(neighbourPlaces({ ...data, point: 50 }, 50, points), []);
  assert.deepEqual(neighbourPlaces(data, 4, points), []);
  assert.deepEqual(neighbourPlaces({ ...data, neighbours: null }, 2, points), []);
  assert.deepEqual(neighbourPlaces({ ...data, point: null }, null, points), []);
});

test("what is searched for is shown once it is known where it lies, unless another image is chosen by then", () => {
  const [chosen, shown] = [{ point: null, choose: (index) => (chosen.point = index) }, []];
  const sought = new Sought(chosen, (place) => shown.push(place));
  sought.seek(3);
  sought.look(data, points);
  sought.seek(99);
  sought.look(data, points);
  sought.look({ elsewhere: { 99: [4, 5] } }, points);
  sought.look({ elsewhere: { 99: [8, 8] } }, points);
  sought.seek(98);
  chosen.point = null;
  sought.look(data, points);
  sought.look({ elsewhere: { 98: [9, 9] } }, points);
  assert.deepEqual(shown, [[3, 3], [4, 5]]);
});

test("the uppermost picture under the pointer answers for its point", () => {
  const pictures = [{ k: 4, left: 0, top: 0, width: 40, height: 30 }, { k: 9, left: 30, top: 20, width: 40, height: 30 }];
  const at = (x, y) => pictureAt(pictures, [x, y]);
  assert.deepEqual([at(10, 10), at(35, 25), at(60, 45), at(80, 10), at(10, 30)], [4, 9, 9, null, null]);
});

test("the note stands beside the pointer and inside the plot", () => {
  const [note, size] = [{ width: 200, height: 100 }, { width: 800, height: 600 }];
  assert.deepEqual(beside([100, 100], note, size), [116, 116]);
  assert.deepEqual(beside([700, 100], note, size), [484, 116]);
  assert.deepEqual(beside([700, 590], note, size), [484, 474]);
  assert.deepEqual(beside([100, 60], note, { width: 250, height: 120 }), [0, 0]);
});

test("layers come from the page, and what the hand sets goes to it once", async () => {
  const sent = [];
  const layers = new Layers(new Outbox((name, value) => sent.push([name, value]), 0), () => {});
  const page = { lattice: 0.4, names: "on", contours: "off", thumbnails: "on", refine: "off" };
  layers.adopt(page);
  assert.equal(layers.values.lattice, 0.4);
  layers.set("contours", "on");
  await settle();
  assert.deepEqual(sent, [["contours", "on"]]);
  layers.adopt(page);
  assert.equal(layers.values.contours, "on");
  layers.adopt({ ...page, contours: "on" });
  layers.adopt(page);
  assert.equal(layers.values.contours, "off");
});

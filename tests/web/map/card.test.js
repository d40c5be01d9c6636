import assert from "node:assert/strict";
import { test } from "node:test";
import { caption, pointed } from "../../../vae_explorer/web/map/caption.js";
import { fitted, moments, momentText, rowHeight, span, unitAt } from "../../../vae_explorer/web/map/moments.js";
import { planeKey, sceneKey } from "../../../vae_explorer/web/map/scene.js";
import { costText, distanceText, imageText, selectionText, zText } from "../../../vae_explorer/web/map/words.js";

const data = {
  model: "m",
  version: "v",
  n: 5,
  plane: { kind: "units", units: [0, 1] },
  axes: [{ column: "mu-0" }, { column: "mu-1" }],
  classes: ["zero", "one"],
  traits: ["class"],
  legend: { column: "label", title: "Class", names: ["zero", "one"], colours: ["#000", "#fff"] },
  colour: { kind: "category" },
  y: null,
  home: { z: [0, 0, 0], name: "At the centre of the prior" },
};
const cloud = { order: Uint32Array.of(4, 2), classes: Uint8Array.of(1, 0) };
const pin = { pin: [1, 2, 3], spot: null, details: null };
const there = { place: [7, 8], near: null, cloud };
const about = (pointed, { page = data, choice = pin, refine = "off" } = {}) => caption(page, choice, refine, pointed);
const MAP = { kind: "map", projection: "0a", title: "UMAP" };
const PCA = { kind: "pca", projection: "pca", mean: [0, 0, 0], components: [[1, 0, 0], [0, 1, 0]] };

test("the card tells of the pointer, else of the chosen point, else of the pin", () => {
  assert.deepEqual(about(there).z, [7, 8, 3]);
  assert.equal(about(there).heading, "Under the pointer");
  assert.deepEqual(about(null).z, [1, 2, 3]);
  const details = { index: 9, label: 1, factors: [], mu: [0, 0, 0], nll: 80, rate: 20 };
  const told = about(null, { choice: { pin: [0, 0, 0], details } });
  assert.deepEqual([told.mode, told.heading], ["point", "Image 9, class one"]);
});

test("a point under the pointer is its image's own mu, whatever the map, and decoded as the chosen class", () => {
  const at = { ...there, near: 0 };
  const told = about(at);
  assert.deepEqual([told.mode, told.heading, told.z], ["pointer", "Image 4, class one", null]);
  assert.deepEqual(told.request, { model: "m", y: null, projection: "latents", brief: true, images: [4] });
  assert.deepEqual(about(at, { page: { ...data, plane: PCA } }).request, { model: "m", y: null, projection: "pca", images: [4], brief: true });
  assert.deepEqual(about(at, { page: { ...data, plane: MAP }, refine: "on" }).request.projection, "0a");
  const page = { ...data, y: 0, y_name: "zero" };
  assert.deepEqual([about(at, { page }).heading, about(at, { page }).request.y], ["Image 4, class one, as class zero", 0]);
  assert.equal(about(at, { page: { ...data, classes: [] } }).heading, "Image 4");
});

test("a place is called pinned once somebody has pinned one", () => {
  const at = (choice) => about(null, { choice: { ...pin, ...choice } }).heading;
  assert.equal(at({ pin: [0, 0, 0] }), "At the centre of the prior");
  assert.equal(at({ pin: [0, 0.1, 0] }), "Pinned");
  assert.equal(at({ pin: [0, 0, 0], spot: [1, 2] }), "Pinned");
});

test("a conditional model decodes as the chosen class, and a chosen image as its own", () => {
  const page = { ...data, y: 1, y_name: "one" };
  const told = about(there, { page });
  assert.deepEqual([told.heading, told.request.y], ["Under the pointer, as class one", 1]);
  assert.deepEqual([about(null, { page }).heading, about(null, { page }).request.y], ["Pinned, as class one", 1]);
  const choice = { pin: [0, 0, 0], details: { index: 9, label: 0, mu: [0, 0, 0], nll: 80, rate: 20 } };
  assert.equal(about(null, { page, choice }).request.y, 0);
  assert.equal(about(null, { choice }).request.y, null);
  assert.equal(about(there).request.y, null);
});

test("a plane of units is lifted here; any other place is asked for as a place", () => {
  const on = (plane, refine = "off") => about(there, { page: { ...data, plane }, refine });
  const units = { model: "m", y: null, projection: "latents", brief: true };
  assert.deepEqual(about(there).request, { ...units, z: [[7, 8, 3]] });
  assert.deepEqual(about(null).request, { ...units, z: [[1, 2, 3]] });
  assert.equal("refine" in on(MAP).request, false);
  const through = { model: "m", y: null, projection: "pca", xy: [[7, 8]], through: [1, 2, 3] };
  assert.deepEqual(on(PCA).request, through);
  assert.deepEqual(on(PCA).z, [7, 8, 3]);
  const refined = on(MAP, "on");
  assert.deepEqual(refined.request, { model: "m", y: null, projection: "0a", xy: [[7, 8]], refine: true });
  assert.equal(refined.z, null);
});

test("the pin on a fitted map is its spot, where it has one, or else its code; a chosen image needs no map", () => {
  const on = (choice) => about(null, { page: { ...data, plane: MAP }, choice: { ...pin, ...choice } });
  assert.deepEqual(on({}).request, { model: "m", y: null, projection: "0a", z: [[1, 2, 3]] });
  assert.deepEqual(on({ spot: [4, 5] }).request.xy, [[4, 5]]);
  assert.deepEqual([on({}).z, on({ spot: [4, 5] }).z], [[1, 2, 3], null]);
  const details = { index: 9, label: 1, mu: [0, 0, 0], nll: 80, rate: 20 };
  assert.deepEqual(on({ details }).request, { model: "m", y: null, projection: "0a", images: [9], brief: true });
});

test("the card follows the pointer where there is a view, and not while it rests", () => {
  const hand = { pointer: [60, 40], near: 1, resting: false };
  const [view, size] = [{ x: 0, y: 0, scale: 10 }, { width: 100, height: 100 }];
  assert.deepEqual(pointed(hand, cloud, view, size), { place: [1, 1], near: 1, cloud });
  assert.equal(pointed(hand, cloud, null, size), null);
  assert.equal(pointed({ ...hand, resting: true }, cloud, view, size), null);
  assert.equal(pointed({ ...hand, pointer: null }, cloud, view, size), null);
});

test("the distance to the data is said in a sentence, and how much of a guess a picture is", () => {
  assert.equal(distanceText(1.5, 2.345, "z"), "The nearest image is 2.3 times as far away as is usual among images: between the data, so the picture is a guess.");
  assert.equal(distanceText(1, 1.004, "place"), "The nearest image is as far away as is usual among images: within the data.");
  assert.match(distanceText(0.5, 0.6234, "z"), /^The nearest image is 0\.62 times as far away as is usual among images: within the data\.$/);
  assert.match(distanceText(3, 4, "z"), /4 times .*: far from the data, so the picture is a guess/);
  assert.match(distanceText(5e5, 1e6, "z"), /over 100 times as far/);
  assert.equal(distanceText(0, 0, "z"), "This z is the code of an image.");
  assert.equal(distanceText(0.03, 0.05, "z"), "This z is almost the code of an image.");
});

test("z is short", () => {
  assert.equal(zText([-1.234, 0.5]), "z = (−1.23, 0.50)");
  assert.match(zText(new Array(11).fill(0)), /0\.00, …\)$/);
});

test("words for an image and a selection", () => {
  assert.equal(imageText(3, undefined, ["class"]), "Image 3");
  assert.equal(costText({ nll: 81.26, rate: 24 }), "This image: nll 81.3 · rate 24.0 nats");
  assert.equal(costText({ nll: 81.26, rate: null }), "This image: nll 81.3 nats");
  assert.equal(costText({ nll: -1234.56, rate: null }), "This image: nll −1234.6 nats");
  assert.equal(selectionText(1200, [1200, 0], ["a", "b"], ["class"]), "1,200 images selected. By class: a (1,200)");
});

test("moments fit the prior or more, and up to 16 rows fit the card", () => {
  const rows = moments([0, -4], [0, Math.log(4)]);
  assert.deepEqual(rows.map(({ sigma }) => sigma), [1, 2]);
  assert.equal(span(rows), 6);
  assert.equal(span(moments([0], null)), 3);
  assert.equal(momentText(moments([-1], null)[0]), "−1.00");
  assert.ok(rowHeight(10, 176) === 17.6 && rowHeight(64, 176) === rowHeight(16, 176) && rowHeight(16, 176) >= 12 && rowHeight(1, 176) === 24);
});

test("a pin or a colour asks for no column, another plane or version does", () => {
  const other = (change) => sceneKey({ ...data, ...change }) !== sceneKey(data);
  assert.equal(other({ pin: [1], colours: ["#fff"], view: [1, 2, 3] }), false);
  assert.equal(other({ version: "w" }), true);
  assert.equal(other({ legend: { ...data.legend, column: "kmeans-10" } }), true);
  assert.equal(other({ colour: { kind: "value", column: "nll" } }), true);
  assert.notEqual(planeKey({ ...data, axes: [{ column: "mu-2" }] }), planeKey(data));
  assert.equal(planeKey({ ...data, version: "w" }), planeKey(data));
});

test("a name that is too long for its room shows its beginning", () => {
  const width = (text) => [...text].length;
  assert.equal(fitted("x position", 10, width), "x position");
  assert.equal(fitted("x position", 9, width), "x positi…");
  assert.equal(fitted("x position", 3, width), "x…");
  assert.equal(fitted("大小大小", 3, width), "大小…");
  assert.equal(fitted("x", 0, width), "…");
});

test("the pointer is over one of the rows, be it at their edge", () => {
  assert.deepEqual([0, 9.9, 10, 99.9, 100, -1].map((y) => unitAt(y, 10, 100)), [0, 0, 1, 9, 9, 0]);
});

test("factors have room where images have some, and are told of a chosen image", () => {
  const page = { ...data, traits: ["shape", "scale", "x position"] };
  assert.deepEqual(about(null).factors, []);
  assert.deepEqual(about(there, { page }).factors, ["", ""]);
  const details = { index: 9, label: 1, factors: ["scale 2 (0–5)", "x position 31 (0–31)"], mu: [0, 0, 0], nll: 80, rate: 20 };
  const told = about(null, { page, choice: { pin: [0, 0, 0], details } });
  assert.deepEqual([told.heading, told.factors], ["Image 9, shape one", details.factors]);
  assert.equal(selectionText(3, [3, 0], data.classes, page.traits), "3 images selected. By shape: zero (3)");
});

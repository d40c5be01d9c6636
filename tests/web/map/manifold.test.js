import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Manifold } from "../../../vae_explorer/web/map/manifold.js";
import { fakeChannel, settle } from "../fixtures.js";

const channel = fakeChannel();
const size = { width: 300, height: 300 };
const PCA = { kind: "pca", projection: "pca", mean: [0, 0, 0], components: [[1, 0, 0], [0, 1, 0]] };
const rested = () => new Promise((done) => setTimeout(done, 200));
let data;
let looked;
let manifold;
let sheets;

globalThis.ImageData = class {};
globalThis.document = { createElement: () => ({ getContext: () => ({ putImageData: () => {} }) }) };

beforeEach(() => {
  channel.sent.length = 0;
  sheets = 0;
  data = { model: "m", version: "v", y: null, plane: PCA, axes: [{ column: "pca-0" }, { column: "pca-1" }], image: { c: 1, h: 1, w: 1 } };
  looked = { bounds: [-1, 1, -1, 1], view: { x: 0, y: 0, scale: 100 }, size };
  manifold = new Manifold(() => (sheets += 1), () => {});
});

const follow = (pin = [0, 0, 5]) => manifold.follow(data, looked, pin, "off");

/** What is drawn of the sheet. @returns {number[]|null} left, top, width, height in CSS px */
function drawn() {
  let box = null;
  manifold.draw({ drawImage: (_, ...where) => (box = where) }, data, { view: looked.view, size, dpr: 1 }, 0.5);
  return box;
}

async function answered() {
  await rested();
  const asked = channel.sent.at(-1);
  channel.answer(asked, 9, { distance: asked.xy.map(() => 1) });
  await settle();
}

test("a view that rests is asked for once, briefly, in the plane through the pin", async () => {
  for (const x of [0.3, 0.2, 0.1]) {
    looked.view = { x, y: 0, scale: 100 };
    follow();
  }
  await rested();
  const [{ xy, through, brief }, ...more] = channel.sent;
  assert.deepEqual([through, brief, more], [[0, 0, 5], true, []]);
  assert.ok(xy.length > 50 && xy.length <= 1024);
  await answered();
  assert.equal(sheets, 1);
});

test("on a plane of units the lattice is measured too, in latent space itself", async () => {
  data = { ...data, plane: { kind: "units", units: [0, 1] } };
  follow();
  await rested();
  const [{ z, projection, brief }] = channel.sent;
  assert.deepEqual([projection, brief, z[0][2]], ["latents", true, 5]);
});

test("the old sheet moves with the view until the new one is there, and belongs to its own map", async () => {
  assert.equal(drawn(), null);
  follow();
  await answered();
  const [left, top, width] = drawn();
  assert.ok(left <= 0 && top <= 0 && left + width >= size.width);
  looked.view = { x: 0.5, y: 0, scale: 100 };
  assert.ok(Math.abs(drawn()[0] - (left - 50)) < 1e-9);
  data = { ...data, plane: { kind: "units", units: [0, 1] } };
  assert.equal(drawn(), null);
});

test("a pin that moves within its plane asks for nothing, one that leaves it does", async () => {
  follow();
  await answered();
  follow([0.7, -0.2, 5]);
  await rested();
  assert.equal(channel.sent.length, 1);
  follow([0.7, -0.2, 6]);
  await answered();
  assert.deepEqual(channel.sent.map(({ through }) => through[2]), [5, 6]);
});

test("what is turned off before the rest is not asked for", async () => {
  follow();
  manifold.stop();
  await rested();
  assert.deepEqual(channel.sent, []);
});

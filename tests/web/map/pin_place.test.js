import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Reading } from "../../../vae_explorer/web/map/readout.js";
import { Whereabouts } from "../../../vae_explorer/web/map/pin_place.js";
import { fakeChannel, settle } from "../fixtures.js";

const channel = fakeChannel();
const plane = { kind: "map", projection: "0a", title: "UMAP" };
const told = { z: [[5, 6, 7]], place: [[1, 2]], landing: [[1.5, 2]], distance: [0.4] };
let map;
let changes;
let settled;
let whereabouts;

beforeEach(() => {
  channel.sent.length = 0;
  changes = 0;
  settled = [];
  map = {
    data: { model: "m", y: null, plane },
    scene: { cloud: { rank: Uint32Array.of(1, 0), xs: Float32Array.of(10, 20), ys: Float32Array.of(30, 40) } },
    choice: { pin: [1, 2, 3], spot: null, point: null, pending: false, settle: (...given) => settled.push(given) },
    layers: { values: { refine: "on" } },
  };
  whereabouts = new Whereabouts(map.choice, () => (changes += 1), () => {});
});

test("a plane knows where the pin lies, and nobody is asked", async () => {
  map.data.plane = { kind: "units", units: [2, 0] };
  whereabouts.follow(map);
  await settle();
  assert.deepEqual([whereabouts.place(map), channel.sent], [[3, 1], []]);
});

test("a fitted map is asked once where a pin lies", async () => {
  whereabouts.follow(map);
  whereabouts.follow(map);
  assert.equal(whereabouts.place(map), null);
  await settle();
  const [asked, ...more] = channel.sent;
  assert.deepEqual([asked.projection, asked.z, more], ["0a", [[1, 2, 3]], []]);
  channel.answer(asked, 9, told);
  await settle();
  assert.deepEqual([whereabouts.place(map), changes], [[1, 2], 1]);
  map.choice.pin = [0, 0, 0];
  whereabouts.follow(map);
  assert.equal(whereabouts.place(map), null);
  await settle();
  channel.answer(channel.sent.at(-1), 9, told);
  await settle();
});

test("a spot and a chosen point lie where they are", async () => {
  Object.assign(map.choice, { spot: [7, 8] });
  whereabouts.follow(map);
  assert.deepEqual(whereabouts.place(map), [7, 8]);
  Object.assign(map.choice, { spot: null, point: 0 });
  whereabouts.follow(map);
  assert.deepEqual(whereabouts.place(map), [20, 40]);
  await settle();
  assert.deepEqual(channel.sent, []);
});

test("a spot without its z is asked for it as places decode now", async () => {
  const spot = [7, 8];
  Object.assign(map.choice, { spot, pending: true });
  whereabouts.follow(map);
  await settle();
  const [asked] = channel.sent;
  assert.deepEqual([asked.xy, asked.refine], [[[7, 8]], true]);
  channel.answer(asked, 9, told);
  await settle();
  assert.deepEqual(settled, [[spot, [5, 6, 7]]]);
});

test("what was told counts while the card is about the same kind of place", () => {
  const reading = new Reading();
  const wanted = { mode: "pointer", asked: { model: "m", y: null, projection: "0a", xy: [[7, 8]], refine: false } };
  reading.expect(wanted);
  assert.equal(reading.zAt([7, 8]), null);
  reading.take(told, wanted);
  assert.deepEqual([reading.now.distance, reading.now.landing], [0.4, [1.5, 2]]);
  assert.deepEqual([reading.zAt([7, 8]), reading.zAt([7, 9])], [[5, 6, 7], null]);
  reading.expect({ ...wanted, asked: { ...wanted.asked, refine: true } });
  assert.deepEqual([reading.now, reading.zAt([7, 8])], [null, null]);
  reading.expect({ ...wanted, mode: "pin" });
  assert.equal(reading.now, null);
  reading.take({ z: undefined }, wanted);
  reading.expect(wanted);
  assert.equal(reading.now, null);
});

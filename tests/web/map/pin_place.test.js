import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Readout } from "../../../vae_explorer/web/map/readout.js";
import { PinPlace } from "../../../vae_explorer/web/map/pin_place.js";
import { fakeChannel, settle } from "../fixtures.js";

const channel = fakeChannel();
const plane = { kind: "map", projection: "0a", title: "UMAP" };
const cloud = { rank: Int32Array.of(1, 0, -1), xs: Float32Array.of(10, 20), ys: Float32Array.of(30, 40) };
const told = { z: [[5, 6, 7]], place: [[1, 2]], landing: [[1.5, 2]], distance: [0.4] };
let data;
let choice;
let changes;
let settled;
let pinPlace;

beforeEach(() => {
  channel.sent.length = 0;
  changes = 0;
  settled = [];
  data = { model: "m", y: null, plane, elsewhere: {} };
  choice = { pin: [1, 2, 3], spot: null, point: null, pending: false, settle: (...given) => settled.push(given) };
  pinPlace = new PinPlace(choice, () => (changes += 1), () => {});
});

test("a plane knows where the pin lies, and nobody is asked", async () => {
  data.plane = { kind: "units", units: [2, 0] };
  pinPlace.follow(data, "on");
  await settle();
  assert.deepEqual([pinPlace.on(data, cloud), channel.sent], [[3, 1], []]);
});

test("a chosen image lies where it is drawn, on a plane of units too: its points move while β is turned", () => {
  choice.point = 1;
  assert.deepEqual(pinPlace.on({ ...data, plane: { kind: "units", units: [2, 0] } }, cloud), [10, 30]);
});

test("a fitted map is asked once where a pin lies", async () => {
  pinPlace.follow(data, "on");
  pinPlace.follow(data, "on");
  assert.equal(pinPlace.on(data, cloud), null);
  await settle();
  const [asked, ...more] = channel.sent;
  assert.deepEqual([asked.projection, asked.z, more], ["0a", [[1, 2, 3]], []]);
  channel.answer(asked, 9, told);
  await settle();
  assert.deepEqual([pinPlace.on(data, cloud), changes], [[1, 2], 1]);
  choice.pin = [0, 0, 0];
  pinPlace.follow(data, "on");
  assert.equal(pinPlace.on(data, cloud), null);
  await settle();
  channel.answer(channel.sent.at(-1), 9, told);
  await settle();
});

test("a spot and a chosen point lie where they are", async () => {
  Object.assign(choice, { spot: [7, 8] });
  pinPlace.follow(data, "on");
  assert.deepEqual(pinPlace.on(data, cloud), [7, 8]);
  Object.assign(choice, { spot: null, point: 0 });
  pinPlace.follow(data, "on");
  assert.deepEqual(pinPlace.on(data, cloud), [20, 40]);
  choice.point = 2;
  assert.equal(pinPlace.on(data, cloud), null);
  assert.deepEqual(pinPlace.on({ ...data, elsewhere: { 2: [5, 6] } }, cloud), [5, 6]);
  assert.deepEqual(pinPlace.on({ ...data, plane: { kind: "units", units: [2, 0] } }, cloud), [3, 1]);
  await settle();
  assert.deepEqual(channel.sent, []);
});

test("a spot without its z is asked for it as places decode now", async () => {
  const spot = [7, 8];
  Object.assign(choice, { spot, pending: true });
  pinPlace.follow(data, "on");
  await settle();
  const [asked] = channel.sent;
  assert.deepEqual([asked.xy, asked.refine], [[[7, 8]], true]);
  channel.answer(asked, 9, told);
  await settle();
  assert.deepEqual(settled, [[spot, [5, 6, 7]]]);
});

test("what was told counts while the card is about the same kind of place", () => {
  const readout = new Readout();
  const wanted = { mode: "pointer", request: { model: "m", y: null, projection: "0a", xy: [[7, 8]], refine: false } };
  readout.expect(wanted);
  assert.equal(readout.zAt([7, 8]), null);
  readout.take(told, wanted);
  assert.deepEqual([readout.now.distance, readout.now.landing], [0.4, [1.5, 2]]);
  assert.deepEqual([readout.zAt([7, 8]), readout.zAt([7, 9])], [[5, 6, 7], null]);
  readout.expect({ ...wanted, request: { ...wanted.request, refine: true } });
  assert.deepEqual([readout.now, readout.zAt([7, 8])], [null, null]);
  readout.expect({ ...wanted, mode: "pin" });
  assert.equal(readout.now, null);
  readout.take({ distance: [0.4] }, wanted);
  readout.expect(wanted);
  assert.deepEqual([readout.now.distance, readout.now.landing, readout.zAt([7, 8])], [0.4, null, null]);
  readout.take({ z: undefined }, wanted);
  readout.expect(wanted);
  assert.equal(readout.now, null);
});

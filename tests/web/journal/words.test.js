import assert from "node:assert/strict";
import { test } from "node:test";
import { around, nearer } from "../../../vae_explorer/web/journal/field.js";
import { columnsOf } from "../../../vae_explorer/web/journal/gallery.js";
import { playTime } from "../../../vae_explorer/web/journal/motion.js";
import { caption, lasting, spoken } from "../../../vae_explorer/web/journal/words.js";
import { scaleOf } from "../../../vae_explorer/web/journal/bars.js";
import { unitsShown } from "../../../vae_explorer/web/journal/walks.js";

const SHOWN = { step: 1320, epoch: 3.42, seconds: 4.21, nll: 131.24, rate: 6.88, beta: 1, kl: [6, 0.88] };

test("every number of the caption has its unit", () => {
  assert.deepEqual(caption(SHOWN, { n: 2000, epochs: 10 }), {
    when: "step 1,320 · epoch 3.4 of 10 · 4.2 s of training",
    cost: "nll 131.2 + rate 6.9 nats per image (2,000 test images) · β 1",
  });
});

test("a plain autoencoder has neither rate nor beta, and what is not known is said", () => {
  const plain = caption({ ...SHOWN, rate: null, kl: null, nll: null }, { n: 360, epochs: 10 });
  assert.equal(plain.cost, "nll unknown nats per image (360 test images)");
});

test("spans of training and the scrubber's words", () => {
  assert.deepEqual([59.94, 61, 3661].map(lasting), ["59.9 s", "1 min 01 s", "1 h 01 min"]);
  assert.equal(spoken(1320, 3.42), "step 1,320, epoch 3.4");
});

test("walks are those of the units that carry the most, in their own order", () => {
  const kl = Array.from({ length: 12 }, (_, unit) => unit);
  assert.deepEqual(unitsShown(kl, 12, null), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(unitsShown(kl, 12, 0), [0, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(unitsShown(kl, 3, 7), [0, 1, 2]);
  assert.deepEqual(unitsShown(null, 2, 1), [0, 1]);
});

test("rows of pictures are full, so that each original has its reconstruction below it", () => {
  assert.deepEqual([16, 12, 8, 7, 11, 1].map(columnsOf), [8, 6, 8, 7, 1, 1]);
});

test("the view holds every box and moves towards it without overshooting", () => {
  assert.deepEqual(around([[-3, 3, -3, 3], [-1, 5, -4, 0]]), [-3, 5, -4, 3]);
  assert.equal(around([]), null);
  const [from, to] = [{ x: 0, y: 0, scale: 10 }, { x: 4, y: -2, scale: 40 }];
  assert.deepEqual(nearer(from, to, 0.5), { x: 2, y: -1, scale: 20 });
  assert.deepEqual(nearer(from, to, 1), to);
});

test("bars have a scale also when nothing is carried, and a film has a bearable length", () => {
  assert.equal(scaleOf([[0, 0]]), 0.1);
  assert.equal(scaleOf([[0.5, NaN], [2.5]]), 2.5);
  assert.deepEqual([1, 20, 1000].map(playTime), [3500, 6400, 14000]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { alignedNote, caption, lasting, spoken } from "../../../vae_explorer/web/journal/words.js";

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

test("it is said what the UMAP is made of", () => {
  assert.equal(
    alignedNote(20, 48, 1000, 2000),
    "UMAP of 20 of 48 snapshots, aligned; between them points are interpolated · 1,000 of 2,000 test images · distances have no unit",
  );
  assert.equal(alignedNote(9, 9, 360, 360), "UMAP of all 9 snapshots, aligned · 360 test images · distances have no unit");
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Choice } from "../../vae_explorer/ui/web/map/choice.js";
import { Outbox } from "../../vae_explorer/ui/web/outbox.js";
import { settle } from "./fixtures.js";

const data = {
  model: "m",
  version: "v",
  latent_dim: 2,
  pin: [0, 0],
  point: null,
  dataset: { name: "mnist", split: "test", available: false, note: "MNIST is not on this machine." },
};
let sent;
let failures;
let choice;

beforeEach(() => {
  sent = {};
  failures = [];
  globalThis.fetch = async (url) => {
    const index = Number(/points\/(\d+)/.exec(url)[1]);
    if (index > 99) return { ok: false, status: 404, json: async () => ({ error: "There is no such data point." }) };
    return { ok: true, json: async () => ({ index, label: 1, mu: [index, index], logvar: null, nll: 1, rate: 2 }) };
  };
  choice = new Choice(new Outbox((name, value) => (sent[name] = value), 0), () => {}, (message) => failures.push(message));
  choice.adopt(data, false);
});

test("a chosen point brings its mu as the pin, and the note where the image is missing", async () => {
  await choice.choose(5);
  assert.deepEqual([choice.pin, choice.details.index], [[5, 5], 5]);
  assert.deepEqual(choice.original, { error: "MNIST is not on this machine." });
  await settle();
  assert.deepEqual(sent, { pin: [5, 5], point: 5 });
});

test("only the last of two quick choices counts", async () => {
  await Promise.all([choice.choose(6), choice.choose(7)]);
  assert.deepEqual([choice.point, choice.details.index], [7, 7]);
});

test("a double click puts back pin and point", async () => {
  await choice.choose(8);
  choice.remember();
  choice.pinAt([1, 1]);
  assert.equal(choice.details, null);
  choice.recall();
  assert.deepEqual([choice.pin, choice.point, choice.details.index], [[8, 8], 8, 8]);
});

test("a point that cannot be loaded is let go with a sentence", async () => {
  await choice.choose(100);
  assert.equal(choice.point, null);
  assert.equal(failures[0], "There is no such data point.");
});

test("a pin from the page frees the point it no longer belongs to", async () => {
  await choice.choose(9);
  await settle();
  choice.adopt({ ...data, pin: [9, 9], point: 9 }, false);
  assert.equal(choice.point, 9);
  choice.adopt({ ...data, pin: [3, 3], point: 9 }, false);
  assert.deepEqual([choice.pin, choice.point], [[3, 3], null]);
});

test("a pin of another length becomes the origin", () => {
  choice.adopt({ ...data, latent_dim: 3 }, true);
  assert.deepEqual(choice.pin, [0, 0, 0]);
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Choice } from "../../../vae_explorer/web/map/choice.js";
import { Outbox } from "../../../vae_explorer/web/wire/outbox.js";
import { settle } from "../fixtures.js";

const UNITS = { kind: "units", units: [0, 1] };
const MAP = { kind: "map", projection: "0a", title: "UMAP" };
const data = {
  model: "m",
  plane: UNITS,
  version: "v",
  latent_dim: 2,
  pin: [0, 0],
  point: null,
  spot: null,
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
    const mu = index + (url.includes("@4") || url.includes("%404") ? 0.5 : 0);
    return { ok: true, json: async () => ({ index, label: 1, mu: [mu, mu], logvar: null, nll: 1, rate: 2 }) };
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
  choice.pinOn([1, 1]);
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

test("at another β the chosen image stays chosen, with the mu that it has there", async () => {
  await choice.choose(5);
  choice.adopt({ ...data, model: "m@4", pin: [5.5, 5.5], point: 5 }, false);
  assert.equal(choice.point, 5);
  await settle();
  assert.deepEqual([choice.point, choice.details.mu, choice.pin], [5, [5.5, 5.5], [5.5, 5.5]]);
});

test("a pin of another length becomes the origin", () => {
  choice.adopt({ ...data, latent_dim: 3 }, true);
  assert.deepEqual(choice.pin, [0, 0, 0]);
});

/** A choice on a fitted map, with what the page says of it. */
function onMap(more = {}) {
  choice.adopt({ ...data, plane: MAP, ...more }, false);
  return choice;
}

test("a spot whose z is known is pinned at once, both are told", async () => {
  onMap().pinOn([7, 8], [1, 2]);
  assert.deepEqual([choice.pin, choice.spot, choice.pending], [[1, 2], [7, 8], false]);
  await settle();
  assert.deepEqual([sent.pin, sent.spot], [[1, 2], [7, 8]]);
});

test("a spot whose z is unknown waits for it, and nothing is told before", async () => {
  const [first, second] = [[7, 8], [9, 8]];
  onMap().pinOn(first);
  choice.pinOn(second);
  await settle();
  assert.deepEqual([choice.pin, choice.pending, sent.spot], [[0, 0], true, undefined]);
  choice.settle(first, [1, 1]);
  assert.equal(choice.pending, true);
  choice.settle(second, [2, 2]);
  await settle();
  assert.deepEqual([choice.pin, sent.pin, sent.spot], [[2, 2], [2, 2], second]);
});

test("a chosen point takes the spot away, a double click brings it back", async () => {
  onMap().pinOn([7, 8], [1, 2]);
  await settle();
  choice.remember();
  await choice.choose(5);
  assert.deepEqual([choice.pin, choice.spot], [[5, 5], null]);
  await settle();
  assert.equal(sent.spot, null);
  choice.recall();
  await settle();
  assert.deepEqual([choice.pin, choice.spot, choice.point, sent.spot], [[1, 2], [7, 8], null, [7, 8]]);
});

test("a link brings a spot along; another pin or another map makes it meaningless", async () => {
  assert.deepEqual(onMap({ pin: [1, 2], spot: [7, 8] }).spot, [7, 8]);
  assert.equal(onMap({ pin: [3, 3], spot: [7, 8] }).spot, null);
  assert.deepEqual(onMap({ pin: [4, 4], spot: [6, 6] }).spot, [6, 6]);
  choice.adopt({ ...data, pin: [4, 4], plane: UNITS, spot: [6, 6] }, false);
  assert.equal(choice.spot, null);
  await settle();
  assert.equal(sent.spot, null);
});

test("the echo of an earlier spot does not move the pin", async () => {
  onMap().pinOn([7, 8], [1, 2]);
  await settle();
  choice.pinOn([7.5, 8], [1, 3]);
  onMap({ pin: [1, 2], spot: [7, 8] });
  assert.deepEqual([choice.pin, choice.spot], [[1, 3], [7.5, 8]]);
});

test("once places decode in another way, the spot asks for its z again", () => {
  onMap().pinOn([7, 8], [1, 2]);
  choice.resettle();
  assert.equal(choice.pending, true);
  choice.clear();
  assert.deepEqual(choice.spot, [7, 8]);
  choice.pending = false;
  choice.spot = null;
  choice.resettle();
  assert.equal(choice.pending, false);
});

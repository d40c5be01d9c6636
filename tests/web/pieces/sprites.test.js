import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { spriteBox, Sprites } from "../../../vae_explorer/web/pieces/sprites.js";
import { frame, settle } from "../fixtures.js";

let asked;
let closed;
let arrivals;
let sprites;
let failing;

beforeEach(() => {
  [asked, closed, arrivals, failing] = [[], 0, 0, false];
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (failing) throw new TypeError("refused");
    const first = 10_000 * Number(/thumbnails\/(\d+)/.exec(url)[1]);
    const header = { n: 10_000, first, columns: 100, h: 28, w: 20, stand_in: url.includes("absent") };
    return { ok: true, status: 200, arrayBuffer: async () => frame(header, [1]) };
  };
  globalThis.createImageBitmap = async () => ({ width: 2000, height: 2800, close: () => (closed += 1) });
  sprites = new Sprites(() => (arrivals += 1));
  sprites.adopt({ model: "a/b", version: "v" });
});

const arrive = async () => {
  for (let i = 0; i < 5; i++) await settle();
};

test("an image lies in its row and column", () => {
  const sheet = { first: 10_000, columns: 100, h: 28, w: 20 };
  assert.deepEqual(spriteBox(sheet, 10_000), [0, 0, 20, 28]);
  assert.deepEqual(spriteBox(sheet, 10_203), [60, 56, 20, 28]);
});

test("a sheet is fetched when first needed, and once", async () => {
  await arrive();
  assert.deepEqual(asked, []);
  assert.equal(sprites.sheet(12_345), null);
  assert.equal(sprites.sheet(19_999), null);
  await arrive();
  assert.deepEqual(asked, ["/api/checkpoints/a%2Fb/thumbnails/1?v=v"]);
  assert.deepEqual([sprites.sheet(12_345).first, sprites.standIn, arrivals], [10_000, false, 1]);
  sprites.adopt({ model: "a/b", version: "v" });
  assert.ok(sprites.sheet(12_345));
});

test("another model lets the sheets go, also those on their way", async () => {
  sprites.sheet(0);
  await arrive();
  sprites.sheet(10_000);
  await null;
  await null;
  assert.equal(asked.length, 2);
  sprites.adopt({ model: "absent", version: "v" });
  await arrive();
  assert.deepEqual([closed, arrivals], [2, 1]);
  assert.equal(sprites.sheet(0), null);
  await arrive();
  assert.ok(sprites.sheet(0).standIn && sprites.standIn);
});

test("what failed is not asked for in every frame, and again after a while", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const ticks = async () => {
    for (let i = 0; i < 20; i++) await null;
  };
  failing = true;
  sprites.sheet(0);
  await ticks();
  sprites.sheet(0);
  await ticks();
  assert.equal(asked.length, 1);
  failing = false;
  t.mock.timers.tick(6000);
  sprites.sheet(0);
  await ticks();
  assert.deepEqual([asked.length, sprites.sheet(0)?.first], [2, 0]);
});

test("sheets beyond half a gigabyte are not asked for", async () => {
  for (let block = 0; block < 40; block++) {
    sprites.sheet(block * 10_000);
    await arrive();
  }
  assert.equal(asked.length, Math.ceil(2 ** 29 / (4 * 2000 * 2800)));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOriginal, loadPoint } from "../../../vae_explorer/web/pieces/points.js";
import { frame } from "../fixtures.js";

test("a point is fetched once", async () => {
  let asked = 0;
  globalThis.fetch = async (url) => {
    asked += 1;
    assert.equal(url, "/api/checkpoints/m/points/12?v=h");
    return { ok: true, json: async () => ({ index: 12 }) };
  };
  assert.equal((await loadPoint("m", "h", 12)).index, 12);
  await loadPoint("m", "h", 12);
  assert.equal(asked, 1);
});

test("an original that is not here is one sentence", async () => {
  globalThis.fetch = async () => ({ ok: false, status: 404, json: async () => ({ error: "Not on this machine." }) });
  assert.deepEqual(await loadOriginal("mnist", "test", 3), { error: "Not on this machine." });
});

test("a failed original is a sentence too, and asked for again", async () => {
  globalThis.fetch = async () => Promise.reject(new TypeError("offline"));
  assert.deepEqual(await loadOriginal("mnist", "test", 4), {
    error: "The original could not be loaded: the server does not answer.",
  });
  globalThis.fetch = async () => ({ ok: true, arrayBuffer: async () => frame({ n: 1, c: 1, h: 1, w: 1 }, [8]) });
  assert.deepEqual([...(await loadOriginal("mnist", "test", 4)).bytes], [8]);
});

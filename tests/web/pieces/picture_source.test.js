import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, joined, loadPictures } from "../../../vae_explorer/web/pieces/picture_source.js";
import { MOST_PICTURES } from "../../../vae_explorer/web/wire/parts.js";
import { fakeChannel, frame, settle } from "../fixtures.js";

const image = { c: 1, h: 1, w: 2 };

function serve(answer) {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return answer(url);
  };
  return asked;
}

test("parts become one, in order", () => {
  const part = (n, ...bytes) => ({ header: { n, ...image }, bytes: Uint8Array.from(bytes) });
  const { header, bytes } = joined([part(1, 1, 2), part(2, 3, 4, 5, 6)], image);
  assert.deepEqual(header, { n: 3, ...image });
  assert.deepEqual([...bytes], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(joined([], image).header, { n: 0, ...image });
});

test("originals come in the order they were asked for", async () => {
  const body = (url) => frame({ n: 1, ...image }, [Number(url.split("/").at(-1)), 0]);
  serve((url) => ({ ok: true, arrayBuffer: async () => body(url) }));
  const source = { kind: "originals", dataset: "here", split: "test", indices: [7, 3, 9] };
  assert.equal(countOf(source), 3);
  const { header, bytes } = await loadPictures(source, image);
  assert.equal(header.n, 3);
  assert.deepEqual([...bytes], [7, 0, 3, 0, 9, 0]);
});

test("an absent data set is asked for once and is one sentence", async () => {
  const absent = { status: 404, ok: false, json: async () => ({ error: "It is not here." }) };
  const asked = serve(() => absent);
  const source = { kind: "originals", dataset: "absent", split: "test", indices: [1, 2, 3] };
  assert.deepEqual(await loadPictures(source, image), { error: "It is not here." });
  assert.deepEqual(await loadPictures({ ...source, note: "Fetch it first." }, image), { error: "Fetch it first." });
  assert.equal(asked.length, 1);
  assert.ok(asked[0].endsWith("/1"));
});

test("codes take their classes along, however many requests they need", async () => {
  const channel = fakeChannel();
  const z = Array.from({ length: MOST_PICTURES + 2 }, (_, i) => [i]);
  const y = z.map((_, i) => i % 7);
  const pictures = loadPictures({ kind: "codes", model: "m", version: "v", z, y }, { c: 1, h: 1, w: 1 });
  for (const byte of [1, 2]) {
    await settle();
    channel.answer(channel.sent.at(-1), byte);
  }
  assert.equal((await pictures).header.n, MOST_PICTURES + 2);
  assert.deepEqual(channel.sent.map((request) => request.y), [y.slice(0, MOST_PICTURES), y.slice(MOST_PICTURES)]);
  loadPictures({ kind: "codes", model: "m", version: "v", z: [[1]], y: null }, { c: 1, h: 1, w: 1 });
  assert.deepEqual(Object.keys(channel.sent[2]), ["id", "model", "z"]);
});

test("no originals are no pictures", async () => {
  const source = { kind: "originals", dataset: "here", split: "test", indices: [] };
  assert.equal((await loadPictures(source, image)).header.n, 0);
});

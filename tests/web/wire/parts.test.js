import assert from "node:assert/strict";
import { test } from "node:test";

import { inParts, joined, MOST_NUMBERS, MOST_PICTURES } from "../../../vae_explorer/web/wire/parts.js";

const codes = (n, d) => Array.from({ length: n }, (_, i) => Array(d).fill(i));

test("what one request may have goes as one", () => {
  for (const request of [
    { model: "m", z: codes(MOST_PICTURES, MOST_NUMBERS / MOST_PICTURES), y: 3 },
    { model: "m", images: [1, 2] },
    { model: "m", z: [] },
  ])
    assert.deepEqual(inParts(request), [request]);
});

test("more goes in parts that the server takes, each with its own classes", () => {
  for (const d of [1, 64, 65, 512]) {
    const z = codes(2000, d);
    const y = z.map((_, i) => i % 7);
    const parts = inParts({ model: "m", projection: "latents", z, y });
    assert.deepEqual(parts.flatMap((part) => part.z), z);
    assert.deepEqual(parts.flatMap((part) => part.y), y);
    for (const part of parts) {
      assert.ok(part.z.length <= MOST_PICTURES && part.z.length * d <= MOST_NUMBERS);
      assert.equal(part.projection, "latents");
    }
  }
});

test("mixtures of many classes count too", () => {
  const y = codes(64, 10000);
  const parts = inParts({ model: "m", z: codes(64, 2), y });
  assert.deepEqual(parts.flatMap((part) => part.y), y);
  for (const part of parts) assert.ok(part.y.length === part.z.length && part.y.flat().length <= MOST_NUMBERS);
});

test("their replies are one, with all that was told of each picture", () => {
  const reply = (n, first) => ({
    header: { id: first, n, c: 1, h: 1, w: 2, distance: Array(n).fill(first), place: Array(n).fill([first, 0]) },
    bytes: new Uint8Array(2 * n).fill(first),
  });
  const { header, bytes } = joined([reply(2, 1), reply(1, 5)]);
  assert.deepEqual([header.n, header.w, header.distance], [3, 2, [1, 1, 5]]);
  assert.deepEqual(header.place, [[1, 0], [1, 0], [5, 0]]);
  assert.deepEqual([...bytes], [1, 1, 1, 1, 5, 5]);
});

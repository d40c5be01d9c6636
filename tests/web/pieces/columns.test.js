import assert from "node:assert/strict";
import { test } from "node:test";
import { columnValues, loadColumn } from "../../../vae_explorer/web/pieces/columns.js";
import { parseFrame } from "../../../vae_explorer/web/wire/frame.js";
import { frame } from "../fixtures.js";

const quantised = { n: 3, dtype: "uint16", low: -1, high: 3 };
const bytes = [0, 0, 255, 255, 0, 128];

test("numbers of images come as they are", () => {
  const values = columnValues(parseFrame(frame({ n: 2, dtype: "uint32", low: 0, high: 0 }, [64, 66, 15, 0, 7, 0, 0, 0])));
  assert.deepEqual(values, Uint32Array.of(1_000_000, 7));
});

test("16-bit values are restored, whatever the alignment", () => {
  for (const note of ["", "a", "bc", "def"]) {
    const values = columnValues(parseFrame(frame({ ...quantised, note }, bytes)));
    assert.ok(values instanceof Float32Array);
    assert.deepEqual([values[0], values[1]], [-1, 3]);
    assert.ok(Math.abs(values[2] - 1) < 1e-4);
  }
});

test("labels stay as they are", () => {
  assert.deepEqual([...columnValues(parseFrame(frame({ n: 2, dtype: "uint8" }, [7, 9])))], [7, 9]);
});

test("a column is fetched once, and again after a failure", async () => {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (asked.length === 1) return { ok: false, status: 503 };
    return { ok: true, arrayBuffer: async () => frame(quantised, bytes) };
  };
  await assert.rejects(loadColumn("m/1", "v 1", "mu-0", "map-columns"), /503/);
  const first = await loadColumn("m/1", "v 1", "mu-0", "map-columns");
  assert.equal(await loadColumn("m/1", "v 1", "mu-0", "map-columns"), first);
  assert.deepEqual(asked, Array(2).fill("/api/checkpoints/m%2F1/map-columns/mu-0?v=v%201"));
});

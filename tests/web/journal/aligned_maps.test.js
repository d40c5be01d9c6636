import assert from "node:assert/strict";
import { test } from "node:test";
import { mixAligned, parseAligned } from "../../../vae_explorer/web/journal/aligned_maps.js";
import { parseFixed } from "../../../vae_explorer/web/journal/snapshot.js";
import { parseFrame } from "../../../vae_explorer/web/wire/frame.js";
import { frame } from "../fixtures.js";

const fixed = parseFixed(parseFrame(frame({ n: 4, m: 0, c: 1, h: 1, w: 1, values: [] }, [7, 8, 9, 6])));
const INDICES = [3, 0, 1];
const MAPS = [[30, 31, 0, 1, 10, 11], [32, 33, 2, 3, 12, 13], [34, 35, 4, 5, 14, 15]];

function aligned({ indices = INDICES, maps = MAPS, extra = [] } = {}) {
  const bytes = [new Uint8Array(Uint32Array.from(indices).buffer), new Uint8Array(Float32Array.from(maps.flat()).buffer)];
  const header = { n: indices.length, steps: [0, 10, 30], bounds: [0, 1, 2, 3] };
  return parseAligned(parseFrame(frame(header, [...bytes[0], ...bytes[1], ...extra])), fixed);
}

test("points are put into drawing order, labels alike, and those that are not laid out are left out", () => {
  const found = aligned();
  const drawn = [...fixed.order].filter((index) => index !== 2);
  assert.deepEqual([...found.labels], drawn.map((index) => [7, 8, 9, 6][index]));
  assert.deepEqual([...found.maps[0].xs], drawn.map((index) => 10 * index));
  assert.deepEqual([...found.maps[2].ys], drawn.map((index) => 10 * index + 5));
});

test("what does not fit the run's images is refused", () => {
  for (const wrong of [{ extra: [1] }, { indices: [0, 1, 4] }, { indices: [0, 1, 1] }]) assert.throws(() => aligned(wrong), RangeError);
});

test("between two maps points are on straight lines, however many snapshots lie between them", () => {
  const into = { xs: new Float32Array(3), ys: new Float32Array(3) };
  const found = aligned();
  const moved = (place) => {
    mixAligned(into, found, [0, 1, 5], place);
    return into.xs[0] - found.maps[0].xs[0];
  };
  assert.deepEqual([0, 0.5, 1, 2, 3, 5, 9].map(moved), [0, 1, 2, 2.5, 3, 4, 4]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mixAligned, parseAligned } from "../../../vae_explorer/web/journal/aligned.js";
import { Layout } from "../../../vae_explorer/web/journal/layout.js";
import { parseFixed } from "../../../vae_explorer/web/journal/snapshot.js";
import { alignedNote } from "../../../vae_explorer/web/journal/words.js";
import { parseFrame } from "../../../vae_explorer/web/wire/frame.js";
import { frame, settle } from "../fixtures.js";

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

/** A journal in the page's place. */
function laid(answers) {
  const entries = [0, 10, 20, 30].map((step) => ({ step, bounds: [-1, 1, -1, 5] }));
  const journal = { entries, fixed, told: { failed: (message) => told.push(message) }, aligned: (stamp) => answers[stamp]() };
  const told = [];
  let changes = 0;
  const layout = new Layout(journal, { axes: ["unit 0", "unit 1"], density: true }, () => (changes += 1));
  return { layout, told, changes: () => changes };
}

test("the plane is what there is until the UMAP has come, and again when it is chosen again", async () => {
  const { layout, changes } = laid({ s: async () => aligned() });
  layout.list();
  assert.deepEqual(layout.box(0), [-3, 3, -3, 5]);
  layout.choose("s");
  layout.list();
  assert.equal(layout.points, fixed);
  await settle();
  assert.equal(changes(), 2);
  layout.list();
  assert.deepEqual(layout.box(0), [0, 1, 2, 3]);
  assert.deepEqual([layout.axes, layout.zeros, layout.query], [["UMAP 1", "UMAP 2"], false, "?map=umap"]);
  assert.equal(layout.note, alignedNote(3, 4, 3, 4));
  layout.choose("");
  assert.deepEqual([layout.points, layout.axes, layout.query, layout.note], [fixed, ["unit 0", "unit 1"], "", ""]);
});

test("a UMAP that comes too late is let go, one that cannot be had is said once", async () => {
  const { layout, told } = laid({ late: async () => aligned(), gone: () => Promise.reject(new Error("It is gone.")) });
  layout.choose("late");
  layout.list();
  layout.choose("gone");
  for (let i = 0; i < 3; i++) layout.list();
  await settle();
  assert.deepEqual([layout.points, told], [fixed, ["It is gone."]]);
});

test("it is said what the UMAP is made of", () => {
  assert.equal(
    alignedNote(20, 48, 1000, 2000),
    "UMAP of 20 of 48 snapshots, aligned; between them points are interpolated · 1,000 of 2,000 test images · axes without a unit",
  );
  assert.equal(alignedNote(9, 9, 360, 360), "UMAP of all 9 snapshots, aligned · 360 test images · axes without a unit");
});

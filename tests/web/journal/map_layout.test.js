import assert from "node:assert/strict";
import { test } from "node:test";
import { MapLayout } from "../../../vae_explorer/web/journal/map_layout.js";
import { alignedNote } from "../../../vae_explorer/web/journal/words.js";
import { settle } from "../fixtures.js";

const fixed = { n: 4, labels: Uint8Array.of(7, 8, 9, 6) };
const aligned = () => ({ n: 3, labels: Uint8Array.of(7, 8, 6), steps: [0, 10, 30], bounds: [0, 1, 2, 3], maps: [] });

/** A journal in the page's place. */
function laid(answers) {
  const entries = [0, 10, 20, 30].map((step) => ({ step, bounds: [-1, 1, -1, 5] }));
  const journal = { entries, fixed, told: { failed: (message) => told.push(message) }, aligned: (stamp) => answers[stamp]() };
  const told = [];
  let changes = 0;
  const layout = new MapLayout(journal, { axes: ["unit 0", "unit 1"], density: true }, () => (changes += 1));
  return { layout, told, changes: () => changes };
}

test("the plane is what there is until the UMAP has come, and again when it is chosen again", async () => {
  const { layout, changes } = laid({ s: async () => aligned() });
  layout.list();
  assert.deepEqual(layout.bounds(0), [-3, 3, -3, 5]);
  layout.choose("s");
  layout.list();
  assert.equal(layout.points, fixed);
  await settle();
  assert.equal(changes(), 2);
  layout.list();
  assert.deepEqual(layout.bounds(0), [0, 1, 2, 3]);
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

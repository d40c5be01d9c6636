import assert from "node:assert/strict";
import { test } from "node:test";
import { Journal } from "../../../vae_explorer/web/journal/journal.js";
import { frame, settle } from "../fixtures.js";

const HEADER = { n: 1, m: 1, k: 1, c: 1, h: 1, w: 1, units: 1, values: 1, kl: null };
const entry = (step) => ({ step, stamp: `s${step}`, epoch: step, beta: 1, bounds: null });

/** A server in the page's place; `index` may be changed between looks. */
function served(index) {
  const asked = [];
  const told = { listed: 0, messages: [] };
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (url.endsWith("/journal")) return { ok: true, status: 200, json: async () => structuredClone(index) };
    if (url.includes("/fixed")) return { ok: true, arrayBuffer: async () => frame({ ...HEADER, values: [0] }, [0, 9]) };
    const step = Number(/snapshots\/(\d+)/.exec(url)[1]);
    if (index.broken === step) return { ok: false, status: 404, json: async () => ({ error: "It is gone." }) };
    return { ok: true, arrayBuffer: async () => frame({ ...HEADER, step }, [...new Array(8).fill(0), 1, 2, 3]) };
  };
  const journal = new Journal("run x", false, {
    listed: () => (told.listed += 1),
    came: () => {},
    failed: (message) => message && told.messages.push(message),
  });
  return { journal, asked, told };
}

async function idle() {
  for (let i = 0; i < 30; i++) await settle();
}

test("a run at rest is looked at once; each snapshot is fetched once, by the stamp it has", async () => {
  const { journal, asked } = served({ at_work: false, epochs: 3, fixed: "f", snapshots: [0, 5, 9].map(entry) });
  await journal.look();
  journal.around(2);
  await idle();
  journal.around(0);
  await idle();
  const base = "/api/runs/run%20x";
  const snapshots = [9, 5, 0].map((step) => `${base}/snapshots/${step}?v=s${step}`);
  assert.deepEqual(asked, [`${base}/journal`, `${base}/fixed?v=f`, ...snapshots]);
  assert.equal(journal.at(1).step, 5);
  assert.equal(journal.nearest(0.2).step, 0);
  journal.close();
});

test("a run that has no journal yet shows nothing and is no error", async () => {
  const { journal, told } = served({ at_work: false, epochs: 3, fixed: null, snapshots: [] });
  await journal.look();
  assert.deepEqual([journal.entries, journal.nearest(0), told.listed, told.messages], [[], null, 1, []]);
  journal.close();
});

test("one snapshot that cannot be had hides no other, and is said", async () => {
  const index = { at_work: false, epochs: 3, fixed: "f", broken: 5, snapshots: [0, 5].map(entry) };
  const { journal, told } = served(index);
  await journal.look();
  journal.around(1);
  await idle();
  assert.deepEqual(told.messages, ["It is gone."]);
  assert.equal(journal.nearest(1).step, 0);
  journal.close();
});

test("a snapshot that was written again is fetched again", async () => {
  const index = { at_work: false, epochs: 3, fixed: "f", snapshots: [entry(0)] };
  const { journal, asked } = served(index);
  await journal.look();
  journal.around(0);
  await idle();
  index.snapshots[0].stamp = "other";
  await journal.look();
  assert.equal(journal.at(0), null);
  journal.around(0);
  await idle();
  assert.ok(asked.at(-1).endsWith("snapshots/0?v=other"));
  journal.close();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { SnapshotCache } from "../../../vae_explorer/web/journal/snapshot_cache.js";

const filled = (limit, names) => {
  const cache = new SnapshotCache(limit);
  for (const name of names) cache.put(name, { size: 10, name });
  return cache;
};
const there = (cache, names) => [...names].filter((name) => cache.get(name));

test("what is farthest leaves first until the bound holds", () => {
  const cache = filled(20, "abcd");
  cache.trim([..."cbda"]);
  assert.deepEqual(there(cache, "abcd"), ["b", "c"]);
  assert.ok(cache.full);
});

test("the nearest stays, however large it is", () => {
  const cache = new SnapshotCache(5);
  cache.put("a", { size: 100 });
  cache.trim(["a"]);
  assert.deepEqual(there(cache, "a"), ["a"]);
});

test("what is no longer listed leaves, and makes room", () => {
  const cache = filled(40, "abcd");
  cache.trim([..."ab"]);
  assert.deepEqual(there(cache, "abcd"), ["a", "b"]);
  assert.ok(!cache.full);
});

test("the same snapshot takes its room once", () => {
  const cache = filled(25, "aaa");
  assert.ok(!cache.full);
});

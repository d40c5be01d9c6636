import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf } from "../../../vae_explorer/web/journal/shelf.js";

const filled = (limit, names) => {
  const shelf = new Shelf(limit);
  for (const name of names) shelf.put(name, { size: 10, name });
  return shelf;
};
const there = (shelf, names) => [...names].filter((name) => shelf.get(name));

test("what is farthest leaves first until the bound holds", () => {
  const shelf = filled(20, "abcd");
  shelf.tidy([..."cbda"]);
  assert.deepEqual(there(shelf, "abcd"), ["b", "c"]);
  assert.ok(shelf.full);
});

test("the nearest stays, however large it is", () => {
  const shelf = new Shelf(5);
  shelf.put("a", { size: 100 });
  shelf.tidy(["a"]);
  assert.deepEqual(there(shelf, "a"), ["a"]);
});

test("what is no longer listed leaves, and makes room", () => {
  const shelf = filled(40, "abcd");
  shelf.tidy([..."ab"]);
  assert.deepEqual(there(shelf, "abcd"), ["a", "b"]);
  assert.ok(!shelf.full);
});

test("the same snapshot takes its room once", () => {
  const shelf = filled(25, "aaa");
  assert.ok(!shelf.full);
});

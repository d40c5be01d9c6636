import assert from "node:assert/strict";
import { test } from "node:test";
import { hearUnit, tellUnit } from "../../../vae_explorer/web/pieces/shared_unit.js";

test("all that listen hear of a unit, until they have closed", () => {
  const heard = [];
  const [first, second] = ["first", "second"].map((name) => hearUnit((unit) => heard.push([name, unit])));
  tellUnit(3);
  first();
  tellUnit(4);
  second();
  tellUnit(5);
  assert.deepEqual(heard, [["first", 3], ["second", 3], ["second", 4]]);
});

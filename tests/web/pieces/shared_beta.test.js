import assert from "node:assert/strict";
import { test } from "node:test";
import { betaOf, hearBeta, modelAt, networkOf, tellBeta } from "../../../vae_explorer/web/pieces/shared_beta.js";

test("a model at a β is named as the page names it", () => {
  assert.equal(modelAt("net", 1), "net");
  assert.equal(modelAt("net", 0.25), "net@0.25");
  assert.equal(modelAt("net", 2.8284271), "net@2.82843");
  assert.deepEqual(["net", "net@4"].map(networkOf), ["net", "net"]);
  assert.deepEqual(["net", "net@4", "net@0.3536"].map(betaOf), [1, 4, 0.3536]);
});

test("only what shows the network hears of it, once for each β, until it has closed", () => {
  const heard = [];
  let shown = "net@2";
  const close = hearBeta(() => shown, (turn) => heard.push(turn));
  const other = hearBeta(() => "another", () => heard.push("another"));
  const none = hearBeta(() => undefined, () => heard.push("none"));
  tellBeta("net", 4);
  shown = "net@4";
  tellBeta("net", 4);
  close();
  tellBeta("net", 8);
  other();
  none();
  assert.deepEqual(heard, [{ network: "net", beta: 4, model: "net@4" }]);
});

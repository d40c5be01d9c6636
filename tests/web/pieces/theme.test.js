import assert from "node:assert/strict";
import { test } from "node:test";
import { channels, isDark } from "../../../vae_explorer/web/pieces/theme.js";

test("colours are read in every form a theme writes them", () => {
  assert.deepEqual(channels("#fff"), [255, 255, 255]);
  assert.deepEqual(channels(" #0e1117 "), [14, 17, 23]);
  assert.deepEqual(channels("#0e1117cc"), [14, 17, 23]);
  assert.deepEqual(channels("rgba(1, 20, 255, 0.5)"), [1, 20, 255]);
  assert.deepEqual(channels("rgb(1 20 255 / 50%)"), [1, 20, 255]);
  assert.equal(channels("papayawhip"), null);
});

test("a dark page is dark", () => {
  assert.equal(isDark("#0e1117"), true);
  assert.equal(isDark("#ffffff"), false);
  assert.equal(isDark("unknown"), false);
});

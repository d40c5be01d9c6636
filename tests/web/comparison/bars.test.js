import assert from "node:assert/strict";
import { test } from "node:test";

import { matchWords, noteOf, scaleOf, sorted } from "../../../vae_explorer/web/comparison/bars.js";

/** @param {number|null} unit @param {number|null} kl @param {number|null} [correlation] */
const unit = (unit, kl, correlation = null) => ({
  unit, words: `unit ${unit}`, sign: 1, correlation, seeds: "", home: 0, deviation: 1, kl, idle: kl !== null && kl < 0.01,
});
/** @param {object[]} units @param {object[]} rest @param {boolean} [plain] */
const model = (units, rest, plain = false) => /** @type {any} */ ({ units, rest, plain });
const first = model([unit(3, 2), unit(0, 1), unit(1, 0)], []);
const other = model([unit(1, 4, -0.5), unit(null, null), unit(null, null)], [unit(0, 0.5), unit(2, 0.001)]);

test("every bar is as long as its KL beside the largest of all models", () => {
  assert.deepEqual(scaleOf([first, other]), { most: 4, rows: 2 });
});

test("rows are the first model's units that say something; what is left follows, the collapsed by name alone", () => {
  const { matched, others, collapsed } = sorted(other, 2);
  assert.deepEqual(matched.map(({ unit }) => unit), [1, null]);
  assert.deepEqual(others.map(({ unit }) => unit), [0]);
  assert.deepEqual(collapsed.map(({ unit }) => unit), [2]);
  assert.equal(noteOf(other, collapsed), "Collapsed: unit 2.");
  assert.deepEqual(sorted(first, 2).collapsed.map(({ unit }) => unit), [1]);
});

test("where all units are collapsed there are no rows, and all are named", () => {
  const silent = model([unit(0, 0), unit(1, 0)], []);
  const scale = scaleOf([silent, silent]);
  assert.equal(scale.rows, 0);
  assert.ok(scale.most > 0);
  assert.equal(noteOf(silent, sorted(silent, 0).collapsed), "Collapsed: units 0, 1.");
});

test("a match says how strong it is and which way it runs, and a plain autoencoder what it lacks", () => {
  assert.equal(matchWords(unit(1, 4, -0.512)), "r −0.51");
  assert.equal(matchWords({ ...unit(1, 4, 0.5), seeds: "0.48 ± 0.03, n = 3 seeds" }), "r 0.50 (|r| 0.48 ± 0.03, n = 3 seeds)");
  assert.equal(matchWords(unit(1, 4)), "");
  assert.equal(noteOf(model([], [], true), []), "There is no posterior, and so no KL and no rate.");
});

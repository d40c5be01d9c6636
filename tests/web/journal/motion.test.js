import assert from "node:assert/strict";
import { test } from "node:test";
import { eased, Motion, playTime } from "../../../vae_explorer/web/journal/motion.js";

/** Frames in the page's place. @returns {(ms: number) => void} shows the next one */
function displayed() {
  let [now, waiting] = [0, null];
  performance.now = () => now;
  globalThis.requestAnimationFrame = (step) => (waiting = step) && 1;
  globalThis.cancelAnimationFrame = () => (waiting = null);
  return (ms) => {
    const step = waiting;
    [now, waiting] = [now + ms, null];
    step?.(now);
  };
}

test("a glide starts and ends slowly and gets there", () => {
  assert.equal(eased(0), 0);
  assert.equal(eased(0.5), 0.5);
  assert.equal(eased(1), 1);
  assert.ok(eased(0.1) < 0.05 && eased(0.9) > 0.95);
});

test("a film has a bearable length", () => {
  assert.deepEqual([1, 20, 1000].map(playTime), [3500, 6400, 14000]);
});

test("a motion arrives once; stopped, it arrives nowhere", () => {
  const pass = displayed();
  const told = [];
  const motion = new Motion((place, arrived) => told.push([place, arrived]));
  motion.glide(1, 3);
  for (const ms of [250, 250, 250]) pass(ms);
  assert.deepEqual(told, [[2, false], [3, true]]);
  motion.play(2, 4);
  pass(playTime(4) / 4);
  motion.stop();
  pass(playTime(4));
  assert.deepEqual(told.slice(2), [[3, false]]);
});

test("where little motion is wanted, a glide is a jump", () => {
  const pass = displayed();
  globalThis.matchMedia = () => ({ matches: true });
  const told = [];
  const motion = new Motion((place, arrived) => told.push([place, arrived]));
  motion.glide(1, 3);
  pass(250);
  delete globalThis.matchMedia;
  assert.deepEqual(told, [[3, true]]);
});

test("where little motion is wanted, a film goes from snapshot to snapshot", () => {
  const pass = displayed();
  globalThis.matchMedia = () => ({ matches: true });
  const told = [];
  const motion = new Motion((place) => told.push(place));
  motion.play(0, 4);
  for (let i = 0; i < 8; i++) pass(playTime(4) / 8);
  delete globalThis.matchMedia;
  assert.deepEqual(told, [0, 1, 1, 2, 2, 3, 3, 4]);
});

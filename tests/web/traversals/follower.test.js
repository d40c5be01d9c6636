import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Follower } from "../../../vae_explorer/web/traversals/follower.js";

let now = 0;
const realNow = performance.now;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  now = 0;
  performance.now = () => now;
});
afterEach(() => {
  mock.timers.reset();
  performance.now = realNow;
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function pass(ms) {
  now += ms;
  mock.timers.tick(ms);
  await settle();
}

function costing(ms) {
  const runs = [];
  const run = async (arg) => {
    runs.push(arg);
    now += ms;
  };
  return { runs, follower: new Follower(run, () => {}, assert.fail) };
}

test("cheap pictures follow during the gesture, the newest always", async () => {
  const { runs, follower } = costing(5);
  follower.follow(1);
  await pass(0);
  follower.follow(2);
  follower.follow(3);
  await pass(19);
  assert.deepEqual(runs, [1]);
  await pass(1);
  assert.deepEqual(runs, [1, 3]);
});

test("dear pictures wait until the hand rests", async () => {
  const { runs, follower } = costing(200);
  follower.follow(1);
  await pass(0);
  for (let i = 2; i < 12; i++) {
    follower.follow(i);
    await pass(60);
  }
  assert.deepEqual(runs, [1]);
  await pass(40);
  assert.deepEqual(runs, [1, 11]);
});

test("what was asked outright teaches nothing about the cost", async () => {
  const { runs, follower } = costing(200);
  follower.ask(1);
  await settle();
  follower.follow(2);
  await pass(0);
  assert.deepEqual(runs, [1, 2]);
});

test("asked outright, they come at once; closed, nothing comes any more", async () => {
  const { runs, follower } = costing(200);
  follower.ask(1);
  await settle();
  follower.ask(2);
  await settle();
  follower.follow(3);
  follower.close();
  await pass(1000);
  assert.deepEqual(runs, [1, 2]);
});

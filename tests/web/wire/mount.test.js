import assert from "node:assert/strict";
import { test } from "node:test";
import { lifecycle } from "../../../vae_explorer/web/wire/mount.js";

class Recorder {
  updates = [];
  closed = 0;
  constructor(root, send) {
    Object.assign(this, { root, send });
  }
  update(data) {
    this.updates.push(data);
  }
  rested = 0;
  rest() {
    this.rested += 1;
  }
  close() {
    this.closed += 1;
  }
}

/** The page as far as its connection goes. */
const page = {
  state: "CONNECTED",
  getAttribute: () => page.state,
  change(state) {
    page.state = state;
    page.observers.forEach((observer) => observer.told());
  },
  observers: new Set(),
};
globalThis.document = { querySelector: () => page };
globalThis.MutationObserver = class {
  constructor(told) {
    this.told = told;
  }
  observe() {
    page.observers.add(this);
  }
  disconnect() {
    page.observers.delete(this);
  }
};

function stage() {
  const made = [];
  const root = new EventTarget();
  const mount = lifecycle((...args) => made[made.push(new Recorder(...args)) - 1]);
  const parentElement = { querySelector: () => root };
  return { made, root, call: (data, setTriggerValue = () => {}) => mount({ data, parentElement, setTriggerValue }) };
}

test("one element keeps one instance, which sends by the newest door", () => {
  const { made, call } = stage();
  const sent = [];
  call(1, () => assert.fail("the old door"));
  call(2, (...args) => sent.push(args));
  assert.equal(made.length, 1);
  assert.deepEqual(made[0].updates, [1, 2]);
  made[0].send("t", 0.5);
  assert.deepEqual(sent, [["t", { value: 0.5 }]]);
});

test("what the hand did without a connection is told when that is back, by the newest door", () => {
  const { made, call } = stage();
  const sent = [];
  call(1, () => assert.fail("the old door"));
  page.change("PINGING_SERVER");
  made[0].send("area", [1]);
  call(2, (...args) => sent.push(args));
  page.change("CONNECTING");
  assert.deepEqual(sent, []);
  page.change("CONNECTED");
  page.change("CONNECTED");
  assert.deepEqual(sent, [["area", { value: [1] }]]);
});

test("an overtaken call's clean-up closes nothing", () => {
  const { made, call } = stage();
  const overtaken = call(1);
  const newest = call(2);
  overtaken();
  assert.equal(made[0].closed, 0);
  newest();
  assert.equal(made[0].closed, 1);
  call(3);
  assert.equal(made.length, 2);
});

test("a hand that leaves has what it did told at once", () => {
  const { made, root, call } = stage();
  call(1);
  root.dispatchEvent(new Event("pointerleave"));
  root.dispatchEvent(new Event("focusout"));
  assert.equal(made[0].rested, 2);
});

test("a call that is cleaned up shortly before the next one closes nothing, and a last one closes late", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { made, root, call } = stage();
  root.isConnected = true;
  call(1)();
  const last = call(2);
  t.mock.timers.tick(5000);
  assert.deepEqual([made.length, made[0].updates, made[0].closed], [1, [1, 2], 0]);
  last();
  t.mock.timers.tick(5000);
  assert.equal(made[0].closed, 1);
});

test("an element that is gone closes at once", () => {
  const { made, root, call } = stage();
  root.isConnected = false;
  call(1)();
  assert.equal(made[0].closed, 1);
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { alike, Outbox } from "../../../vae_explorer/web/wire/outbox.js";

let sent;
let out;
beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  sent = [];
  out = new Outbox((name, value) => sent.push([name, value]), 250);
});
afterEach(() => mock.timers.reset());
const rest = () => mock.timers.tick(250);

test("a value is sent once, when the hand rests", () => {
  for (const x of [1, 2, 3]) {
    out.put("pin", [x]);
    mock.timers.tick(100);
  }
  assert.deepEqual(sent, []);
  rest();
  assert.deepEqual(sent, [["pin", [3]]]);
});

test("nothing leaves during a gesture", () => {
  out.hold();
  out.put("view", [1, 2, 3]);
  mock.timers.tick(5000);
  assert.deepEqual(sent, []);
  out.release();
  rest();
  assert.equal(sent.length, 1);
});

test("what the page said is not said back to it", () => {
  assert.equal(out.adopt("pin", [1, 2]), true);
  out.put("pin", [1, 2.00001]);
  rest();
  assert.deepEqual(sent, []);
});

test("echoes of what was sent, late and rounded, undo nothing", () => {
  out.adopt("pin", [0]);
  for (const x of [1.23456, 2.34567]) {
    out.put("pin", [x]);
    rest();
  }
  assert.equal(out.adopt("pin", [0]), false);
  assert.equal(out.adopt("pin", [1.2346]), false);
  assert.equal(out.adopt("pin", [2.3457]), false);
  assert.equal(out.adopt("pin", [2.3457]), false);
});

test("news from the page is taken over, also a return to an old value", () => {
  out.adopt("pin", [0]);
  out.put("pin", [1]);
  rest();
  assert.equal(out.adopt("pin", [1]), false);
  assert.equal(out.adopt("pin", [0]), true);
  out.put("pin", [7]);
  assert.equal(out.adopt("pin", [5]), true);
  rest();
  assert.equal(sent.length, 1);
});

test("nothing leaves once it is closed", () => {
  out.put("point", 4);
  out.close();
  rest();
  assert.deepEqual(sent, []);
});

test("alike compares numbers, lists and null", () => {
  assert.ok(alike(null, null) && alike([1, [2]], [1, [2.0001]]));
  assert.ok(!alike(null, 0) && !alike([1], [1, 2]) && !alike([], null) && !alike(1, 1.01));
});

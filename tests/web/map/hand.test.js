import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Gestures, wheelFactor } from "../../../vae_explorer/web/map/gestures.js";
import { Hand } from "../../../vae_explorer/web/map/hand.js";
import { keyAction } from "../../../vae_explorer/web/map/keys.js";
import { isolated, toggled } from "../../../vae_explorer/web/legend/legend.js";

let canvas;
let log;
let tool;
let time;
let gestures;

const NAMES = ["hover", "leave", "tap", "doubleTap", "start", "end", "pan", "zoom", "area", "areaEnd"];
const names = () => log.map(([name]) => name);

beforeEach(() => {
  log = [];
  tool = "pan";
  time = 0;
  const listeners = {};
  canvas = {
    listeners,
    clientWidth: 500,
    clientHeight: 400,
    addEventListener: (name, listener) => (listeners[name] = listener),
    setPointerCapture: () => {},
    getBoundingClientRect: () => ({ left: 10, top: 20 }),
  };
  const actions = Object.fromEntries(NAMES.map((name) => [name, (...args) => log.push([name, ...args])]));
  gestures = new Gestures(canvas, actions, () => tool);
});

function fire(name, x, y, more = {}) {
  const event = { clientX: x + 10, clientY: y + 20, pointerId: 1, button: 0, pointerType: "mouse", shiftKey: false };
  canvas.listeners[name]({ ...event, target: canvas, timeStamp: time, ...more });
}

function click(x, y) {
  fire("pointerdown", x, y);
  fire("pointerup", x, y);
}

test("a pointer without a button hovers, and leaves", () => {
  fire("pointermove", 5, 6);
  fire("pointerleave", 5, 6);
  assert.deepEqual(log, [["hover", [5, 6]], ["leave"]]);
});

test("a click that trembles is a click, two of them are one double click", () => {
  fire("pointerdown", 50, 50);
  fire("pointermove", 52, 51);
  fire("pointerup", 52, 51);
  time = 200;
  click(51, 50);
  time = 900;
  click(51, 50);
  assert.deepEqual(log, [["tap", [50, 50]], ["doubleTap"], ["tap", [51, 50]]]);
});

test("a drag pans between one start and one end", () => {
  fire("pointerdown", 50, 50);
  fire("pointermove", 60, 50);
  fire("pointermove", 65, 52);
  fire("pointerup", 65, 52);
  assert.deepEqual(names(), ["start", "leave", "pan", "pan", "end", "hover"]);
  assert.deepEqual(log.filter(([name]) => name === "pan"), [["pan", 10, 0], ["pan", 5, 2]]);
});

test("Shift and drag draws a box whatever the tool", () => {
  fire("pointerdown", 50, 50, { shiftKey: true });
  fire("pointermove", 80, 90);
  fire("pointerup", 80, 90);
  assert.deepEqual(log.find(([name]) => name === "areaEnd")[1], [[50, 50], [80, 50], [80, 90], [50, 90]]);
});

test("a lasso collects its way, and can be given up", () => {
  tool = "lasso";
  fire("pointerdown", 0, 0);
  for (const x of [10, 11, 20]) fire("pointermove", x, 5);
  assert.deepEqual(log.at(-1), ["area", [[0, 0], [10, 5], [20, 5]]]);
  assert.equal(gestures.giveUp(), true);
  fire("pointermove", 30, 5);
  fire("pointerup", 30, 5);
  assert.equal(gestures.giveUp(), false);
  assert.deepEqual(log.filter(([name]) => name === "areaEnd"), [["areaEnd", null]]);
  assert.ok(names().includes("end"));
});

test("two fingers pinch around their middle, and one goes on panning", () => {
  const touch = (id) => ({ pointerId: id, pointerType: "touch" });
  fire("pointerdown", 100, 100, touch(1));
  fire("pointerdown", 200, 100, touch(2));
  fire("pointermove", 300, 100, touch(2));
  const [, at, factor] = log.find(([name]) => name === "zoom");
  assert.deepEqual([at, factor], [[200, 100], 2]);
  fire("pointerup", 300, 100, touch(2));
  fire("pointermove", 110, 100, touch(1));
  assert.deepEqual(log.at(-1), ["pan", 10, 0]);
  fire("pointercancel", 110, 100, touch(1));
  assert.equal(names().filter((name) => name === "start").length, 1);
  assert.equal(names().at(-1), "end");
});

test("the wheel zooms in every unit and keeps the page still", () => {
  let prevented = false;
  canvas.listeners.wheel({ clientX: 10, clientY: 20, deltaY: -100, deltaMode: 0, ctrlKey: false, preventDefault: () => (prevented = true) });
  assert.ok(prevented && log[0][2] > 1);
  const factor = (deltaY, deltaMode, ctrlKey = false) => wheelFactor({ deltaY, deltaMode, ctrlKey });
  assert.ok(factor(3, 1) < 1 && factor(1, 2) < factor(3, 1) && factor(1e9, 0) > 0.05);
  assert.ok(Math.abs(factor(7, 0) * factor(-7, 0) - 1) < 1e-12);
  assert.ok(factor(-5, 0, true) > factor(-5, 0));
});

test("keys move, zoom, fit and clear, and leave the browser's own alone", () => {
  const key = (name, more = {}) => keyAction({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
  assert.deepEqual(key("ArrowUp"), { name: "move", by: [0, 0.02] });
  assert.deepEqual(key("ArrowLeft", { shiftKey: true }), { name: "move", by: [-0.1, 0] });
  assert.deepEqual([key("+").name, key("0").name, key("Escape").name], ["zoom", "fit", "clear"]);
  assert.deepEqual(["Enter", " ", "s", "S"].map((name) => key(name).name), ["choose", "choose", "mark", "mark"]);
  assert.equal(key("+", { ctrlKey: true }), null);
  assert.equal(key("toString"), null);
});

test("after a tap the hand rests until it really moves on", () => {
  const hand = new Hand();
  hand.move([10, 10], null);
  hand.tap([10, 10]);
  hand.move([14, 10], 3);
  assert.equal(hand.resting, true);
  hand.move([30, 10], 3);
  assert.equal(hand.resting, false);
});

test("classes are shown, hidden, alone and all again", () => {
  assert.deepEqual([...toggled(new Set([1]), 1)], []);
  assert.deepEqual([...toggled(new Set([1]), 2)], [1, 2]);
  const alone = isolated(new Set([0]), 2, 4);
  assert.deepEqual([...alone], [0, 1, 3]);
  assert.deepEqual([...isolated(alone, 2, 4)], []);
});

test("the looking tool decodes under a dragged finger, and lets go with it", () => {
  tool = "probe";
  const finger = { pointerType: "touch" };
  fire("pointerdown", 50, 50, finger);
  fire("pointermove", 60, 50, finger);
  fire("pointermove", 70, 55, finger);
  fire("pointerup", 70, 55, finger);
  assert.deepEqual(log, [["start"], ["leave"], ["hover", [60, 50], true], ["hover", [70, 55], true], ["leave"], ["end"]]);
});

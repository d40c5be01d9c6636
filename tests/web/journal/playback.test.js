import assert from "node:assert/strict";
import { test } from "node:test";
import * as playback from "../../../vae_explorer/web/journal/playback.js";

const { arrived, dragged, dropped, followed, moved, opened, played, relisted, rested, stepped, UNKNOWN } = playback;
const COUNT = 5;
const state = (mode, place, target = null) => ({ mode, place, target });
/** Each mode, at rest and on the way. */
const STATES = [
  state("following", 4),
  state("following", 3.4, 4),
  state("resting", 2),
  state("resting", 1.3, 2),
  state("playing", 1.3, 4),
  state("dragged", 1.3),
];
const each = (transition) => STATES.map((before) => transition(before));

test("a run that was opened is followed, or rests at the step that was asked for", () => {
  assert.deepEqual(UNKNOWN, state("following", 0));
  assert.deepEqual(opened(null, [0, 10, 20]), state("following", 2));
  assert.deepEqual(opened(0, [0, 10, 20]), state("resting", 0));
  assert.deepEqual(opened(15, [0, 10, 20]), state("resting", 1.5));
});

test("a run that has not come to the step that was asked for is followed", () => {
  assert.deepEqual(opened(20, [0, 10, 20]), state("following", 2));
  assert.deepEqual(opened(500, [0, 10, 20]), state("following", 2));
});

test("on the way only the place becomes another", () => {
  for (const before of STATES) assert.deepEqual(moved(before, 1.7), { ...before, place: 1.7 });
});

test("what arrives is at rest where it is; played to the end, the run is followed again", () => {
  assert.deepEqual(arrived(state("following", 3.4, 4), 4, COUNT), state("following", 4));
  assert.deepEqual(arrived(state("resting", 1.3, 2), 2, COUNT), state("resting", 2));
  assert.deepEqual(arrived(state("playing", 3.9, 4), 4, COUNT), state("following", 4));
});

test("snapshots that came while it played are gone on to at its end", () => {
  assert.deepEqual(arrived(state("playing", 3.9, 4), 4, COUNT + 2), state("following", 4, 6));
});

test("the hand takes over from everything", () => {
  for (const after of each((before) => dragged(before, 2.6))) assert.deepEqual(after, state("dragged", 2.6));
});

test("let go, it glides to the nearest snapshot, and follows from the last", () => {
  assert.deepEqual(dropped(state("dragged", 1.3), COUNT), state("resting", 1.3, 1));
  assert.deepEqual(dropped(state("dragged", 3), COUNT), state("resting", 3));
  assert.deepEqual(dropped(state("dragged", 3.6), COUNT), state("following", 3.6, 4));
  assert.deepEqual(dropped(state("dragged", 4), COUNT), state("following", 4));
});

test("paused, it stays where it is", () => {
  assert.deepEqual(each(rested), STATES.map(({ place }) => state("resting", place)));
});

test("a step goes on from where it is going, and to a whole place in its own direction", () => {
  assert.deepEqual(each((before) => stepped(before, -1, COUNT)), [
    state("resting", 4, 3),
    state("resting", 3.4, 3),
    state("resting", 2, 1),
    state("resting", 1.3, 1),
    state("resting", 1.3, 3),
    state("resting", 1.3, 1),
  ]);
  assert.deepEqual(stepped(state("dragged", 1.3), 1, COUNT), state("resting", 1.3, 2));
  assert.deepEqual(stepped(state("resting", 1.3, 2), 1, COUNT), state("resting", 1.3, 3));
});

test("steps end at both ends, and at the last one the run is followed", () => {
  assert.deepEqual(stepped(state("resting", 2), 10, COUNT), state("following", 2, 4));
  assert.deepEqual(stepped(state("resting", 2), Infinity, COUNT), state("following", 2, 4));
  assert.deepEqual(stepped(state("resting", 2), -Infinity, COUNT), state("resting", 2, 0));
  assert.deepEqual(stepped(state("following", 4), 1, COUNT), state("following", 4));
});

test("followed, it goes to the newest from everywhere", () => {
  for (const [i, after] of each((before) => followed(before, COUNT)).entries()) {
    assert.deepEqual(after, state("following", STATES[i].place, STATES[i].place === 4 ? null : 4));
  }
  assert.deepEqual(followed(UNKNOWN, 0), UNKNOWN);
});

test("it plays from where it is to the last, and at the end from the start", () => {
  const places = [0, 3.4, 2, 1.3, 1.3, 1.3];
  assert.deepEqual(each((before) => played(before, COUNT)), places.map((place) => state("playing", place, 4)));
  assert.deepEqual(played(state("following", 3.995, 4), COUNT), state("playing", 0, 4));
  assert.deepEqual(played(state("following", 0), 1), state("following", 0));
});

test("snapshots that come move nothing but what follows", () => {
  const [before, steps] = [[0, 10, 20, 30, 40], [0, 10, 20, 30, 40, 50, 60]];
  assert.deepEqual(each((one) => relisted(one, before, steps)), [
    state("following", 4, 6),
    state("following", 3.4, 6),
    ...STATES.slice(2),
  ]);
});

test("the step that is shown, and the one it is going to, stay when snapshots are thinned out", () => {
  const [before, steps] = [[0, 10, 20, 30, 40], [0, 20, 40]];
  assert.deepEqual(relisted(state("resting", 2), before, steps), state("resting", 1));
  assert.deepEqual(relisted(state("resting", 3, 2), before, steps), state("resting", 1.5, 1));
  assert.deepEqual(relisted(state("following", 4), before, steps), state("following", 2));
  assert.deepEqual(relisted(state("playing", 2, 4), before, steps), state("playing", 1, 4));
  assert.deepEqual(relisted(state("dragged", 2), before, steps), state("dragged", 2));
});

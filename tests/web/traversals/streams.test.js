import assert from "node:assert/strict";
import { test } from "node:test";
import { PictureStreams } from "../../../vae_explorer/web/traversals/streams.js";
import { fakeChannel, settle } from "../fixtures.js";

const data = { model: "m", grid: { units: [0], x: [-1, 1], y: [0] }, units: [{ unit: 0, strip: [5, 6, 7] }] };

test("every picture is asked for in the chosen class, each strip along its unit's own values", async () => {
  const channel = fakeChannel();
  const seen = { pin: [], grid: [], strip: [] };
  const row = { unit: 0, strip: [5, 6, 7], painted: null };
  row.paint = ({ bytes }, pin) => {
    row.painted = pin;
    seen.strip.push([...bytes]);
  };
  const views = {
    pinned: { paint: ({ bytes }) => seen.pin.push(bytes[0]) },
    grid: { paint: ({ bytes }) => seen.grid.push(bytes[0]) },
    rows: { outdated: () => (row.painted ? [] : [row]) },
  };
  const status = { succeeded: () => {}, failed: assert.fail };
  const decoding = new PictureStreams(views, status);
  const show = (y) => decoding.show({ pin: [2], data: { ...data, y }, key: `key ${y}` });
  show(3);
  await settle();
  show(4);
  channel.answer(channel.sent[0], 30);
  await settle();
  assert.deepEqual(seen.pin, [], "a picture of the class before");
  channel.answer(channel.sent[1], 40);
  await settle();
  assert.deepEqual(seen.pin, [40]);
  assert.deepEqual(channel.sent.map(({ y }) => y), [3, 4, 4, 4]);
  assert.deepEqual(channel.sent.slice(2).map(({ z }) => z), [[[5], [6], [7]], [[-1], [1]]]);
  channel.answer(channel.sent[2], 41);
  channel.answer(channel.sent[3], 42);
  await settle();
  assert.deepEqual([seen.strip, seen.grid], [[[41, 41, 41]], [42]]);
  decoding.close();
});

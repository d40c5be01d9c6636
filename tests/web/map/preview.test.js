import assert from "node:assert/strict";
import { test } from "node:test";
import { Preview, sameManner } from "../../../vae_explorer/web/map/preview.js";
import { fakeChannel, settle } from "../fixtures.js";

test("a late picture of another class or model is not shown, one of the same class is", async () => {
  const channel = fakeChannel();
  const shown = [];
  const preview = new Preview((reply, { request }) => shown.push([reply.bytes[0], request.y]), () => {});
  const show = (model, y, z) => preview.show({ request: { model, z: [[z]], y } });
  const answer = async (byte) => {
    await settle();
    channel.answer(channel.sent.at(-1), byte);
    await settle();
  };
  show("m", 1, 0);
  show("m", 2, 0);
  await answer(10);
  assert.deepEqual(shown, []);
  assert.deepEqual(channel.sent.map(({ y }) => y), [1, 2]);
  show("m", 2, 1);
  await answer(20);
  await answer(21);
  assert.deepEqual(shown, [[20, 2], [21, 2]]);
  show("m", 2, 2);
  show("n", 2, 2);
  await answer(30);
  assert.equal(shown.length, 2);
  await answer(31);
  assert.deepEqual(shown.at(-1), [31, 2]);
});

test("pictures of another map, or encoded once more, are others", () => {
  const wanted = (change) => ({ request: { model: "m", y: null, projection: "pca", xy: [[0, 0]], ...change } });
  assert.equal(sameManner(wanted({}), wanted({ xy: [[5, 5]] })), true);
  for (const change of [{ model: "n" }, { y: 0 }, { projection: "0a" }, { refine: true }]) {
    assert.equal(sameManner(wanted({}), wanted(change)), false);
  }
  assert.equal(sameManner(null, wanted({})), false);
});

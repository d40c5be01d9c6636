import assert from "node:assert/strict";
import { test } from "node:test";
import { inSight } from "../../../vae_explorer/web/pieces/finger_view.js";

const AWAY = { x: 350, y: 700 };

test("a picture is in sight when all of it lies between the bar and the fold, and no finger on it", () => {
  const seen = { left: 10, top: 100, right: 160, bottom: 250 };
  assert.equal(inSight(seen, AWAY, 844), true);
  assert.equal(inSight(seen, { x: 170, y: 200 }, 844), false);
  assert.equal(inSight({ ...seen, top: 20 }, AWAY, 844), false);
  assert.equal(inSight({ ...seen, bottom: 900 }, AWAY, 844), false);
});

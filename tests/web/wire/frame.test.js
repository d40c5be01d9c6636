import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFrame } from "../../../vae_explorer/web/wire/frame.js";
import { frame } from "../fixtures.js";

test("a frame gives back its header and its bytes", () => {
  const { header, bytes } = parseFrame(frame({ id: 7, note: "μ ± σ" }, [1, 2, 250]));
  assert.deepEqual(header, { id: 7, note: "μ ± σ" });
  assert.deepEqual([...bytes], [1, 2, 250]);
});

test("a frame may carry no bytes", () => {
  assert.equal(parseFrame(frame({ error: "no" }, [])).bytes.length, 0);
});

test("a cut frame is refused", () => {
  assert.throws(() => parseFrame(new ArrayBuffer(3)), RangeError);
  assert.throws(() => parseFrame(frame({ id: 1 }, []).slice(0, 6)), RangeError);
});

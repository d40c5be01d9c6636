import assert from "node:assert/strict";
import { test } from "node:test";
import { noteAt } from "../../../vae_explorer/web/pieces/term_note.js";

const WINDOW = { width: 400, height: 300 };
const NOTE = { width: 200, height: 80 };
const word = (left, top) => ({ left, top, bottom: top + 20 });

test("a note lies below its word, above it at the bottom of the window, and never beyond an edge", () => {
  assert.deepEqual(noteAt(word(50, 100), NOTE, WINDOW), { left: 50, top: 126 });
  assert.deepEqual(noteAt(word(50, 250), NOTE, WINDOW), { left: 50, top: 164 });
  assert.deepEqual(noteAt(word(390, 100), NOTE, WINDOW), { left: 192, top: 126 });
  assert.deepEqual(noteAt(word(-30, 10), { width: 200, height: 290 }, WINDOW), { left: 8, top: 8 });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, legend, lines, savedBlock, stacked, text, within } from "../../../vae_explorer/web/pieces/blocks.js";

/** Every letter is 7 px wide. */
const context = { measureText: (words) => ({ width: 7 * words.length }) };
globalThis.document = { createElement: () => ({ append() {}, setAttribute() {}, getContext: () => context }) };

const theme = { font: "Inter", text: "#111", background: "#fff" };
const solid = (name, width, height) => ({ width, height, draw: (pen) => pen.mark(name) });

/** A pen that keeps where each block and each text begins. */
function pen() {
  let at = [0, 0];
  const saved = [];
  const marks = [];
  return {
    marks,
    save: () => saved.push(at),
    restore: () => (at = saved.pop()),
    translate: (x, y) => (at = [at[0] + x, at[1] + y]),
    mark: (name) => marks.push([name, ...at]),
    fillText: (words, x, y) => marks.push([words, at[0] + x, at[1] + y]),
    fillRect() {},
  };
}

test("parts stand in lines that keep to the room, each part whole", () => {
  assert.deepEqual(lines([3, 4, 2, 9, 1], (part) => part, 8), [[3, 4], [2], [9], [1]]);
  assert.deepEqual(lines([], (part) => part, 8), []);
});

test("blocks stand beneath each other and beside each other, each in its own place", () => {
  const row = beside([solid("b", 20, 30), within(solid("c", 5, 5), 12, 0), solid("d", 1, 1)], 2);
  const all = stacked([solid("a", 10, 10), row], 4);
  assert.deepEqual([all.width, all.height], [37, 44]);
  const drawn = pen();
  all.draw(drawn);
  assert.deepEqual(drawn.marks, [["a", 0, 0], ["b", 0, 14], ["c", 22, 14], ["d", 36, 14]]);
  assert.deepEqual([stacked([]).width, beside([]).height], [0, 0]);
});

test("a text takes as many lines as it needs, and none without words", () => {
  const block = text("one two three", 60, theme, { size: 10 });
  assert.equal(block.height, 30);
  const drawn = pen();
  block.draw(drawn);
  assert.deepEqual(drawn.marks.map(([words]) => words), ["one two", "three"]);
  assert.equal(text("", 60, theme).height, 0);
});

test("a legend has its title and every entry, in lines", () => {
  const drawn = pen();
  legend("Class", ["zero", "one", "two"].map((name) => ({ name, colour: "#123" })), 110, theme).draw(drawn);
  const [title, zero, one, two] = drawn.marks;
  assert.deepEqual([title, zero, one, two].map(([words]) => words), ["Class", "zero", "one", "two"]);
  assert.ok(zero[2] === one[2] && two[2] > one[2]);
});

test("a saved block is an SVG with an edge around it", async () => {
  const file = await savedBlock({ format: "svg" }, text("all of it", 100, theme), theme);
  const svg = await file.text();
  assert.match(svg, /^<svg [^>]*width="132" height="53"/);
  assert.match(svg, /fill="#fff"/);
  assert.match(svg, />all of it</);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { found } from "../../../vae_explorer/web/map/search.js";

const digits = { n: 10_000, traits: ["class"], legend: { title: "Class", names: ["0", "1", "2", "3"] } };
const clothes = { n: 50, traits: ["class"], legend: { title: "Class", names: ["shirt", "Ankle boot"] } };
const clusters = { n: 50, traits: ["class"], legend: { title: "Cluster", names: ["A", "noise"] } };
const bare = { n: 0, traits: ["class"], legend: { title: "Class", names: [] } };
const scales = { n: 50, traits: ["shape", "scale", "x position"], legend: { title: "Scale", names: ["0", "1", "2"] } };
const places = { ...scales, legend: { title: "X position", names: ["0–3", "4–7", "8"] } };
const shapes = { ...scales, legend: { title: "Shape", names: ["square", "heart"] } };
const sentence = (text, data) => found(text, data).sentence;

test("a number is an image, a class where there is no such image, or both to choose from", () => {
  assert.deepEqual(found(" 42 ", digits), { kind: "image", index: 42 });
  assert.deepEqual(found("3", digits), {
    kind: "both",
    hits: [
      { label: "Class 3", hit: { kind: "category", id: 3 } },
      { label: "Image 3", hit: { kind: "image", index: 3 } },
    ],
  });
  assert.deepEqual(found("image 3", digits), { kind: "image", index: 3 });
  assert.deepEqual(found("3", { ...digits, n: 2 }), { kind: "category", id: 3 });
  assert.deepEqual(found("#0", digits), { kind: "image", index: 0 });
  assert.deepEqual(found("image 9999", digits), { kind: "image", index: 9999 });
  assert.equal(sentence("99999", digits), "There is no image 99999; there are 10,000, from 0 to 9999.");
  assert.equal(sentence("10000", digits), "There is no image 10000; there are 10,000, from 0 to 9999.");
  assert.equal(sentence("0", bare), "There is no image 0; there are 0.");
  assert.equal(found("9".repeat(400), digits).kind, "none");
});

test("a class is found by its word, or by its name where that is no number", () => {
  assert.deepEqual(found("class 3", digits), { kind: "category", id: 3 });
  assert.deepEqual(found("Ankle BOOT", clothes), { kind: "category", id: 1 });
  assert.deepEqual(found("class ankle boot", clothes), { kind: "category", id: 1 });
  assert.deepEqual(found("cluster a", clusters), { kind: "category", id: 0 });
  assert.deepEqual(found("cluster noise", clusters), { kind: "category", id: 1 });
  assert.equal(sentence("class 7", digits), "There is no class 7; there are 0, 1, 2, 3.");
});

test("anything else is one sentence, nothing is nothing", () => {
  assert.equal(sentence("class 0", clusters), "The legend shows no class; colour by class to look for one.");
  assert.equal(sentence("cluster a", digits), "The legend shows no cluster; colour by cluster to look for one.");
  assert.equal(sentence("hello", digits), "Type the number of an image, or a class such as “class 0”.");
  assert.equal(sentence("-1", bare), "Type the number of an image.");
  assert.equal(sentence("1.5", clothes), "Type the number of an image, or a class such as “class shirt”.");
  assert.equal(found("  ", digits), null);
});

test("a value of a factor is found by its factor's word, or in the range that holds it", () => {
  assert.deepEqual(found("scale 2", scales), { kind: "category", id: 2 });
  assert.deepEqual(found("X position 5", places), { kind: "category", id: 1 });
  assert.deepEqual(found("x position 8", places), { kind: "category", id: 2 });
  assert.equal(found("5", places).kind, "both");
  assert.equal(sentence("x position 9", places), "There is no x position 9; there are 0–3, 4–7, 8.");
  assert.equal(sentence("scale 2", places), "The legend shows no scale; colour by scale to look for one.");
  for (const typed of ["heart", "shape heart", "class heart"]) assert.deepEqual(found(typed, shapes), { kind: "category", id: 1 });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { parts } from "../../../vae_explorer/web/pieces/terms.js";

const RATE = { title: "Rate", sentence: "What a code carries.", formula: "KL" };
const UNIT = { title: "Latent unit", sentence: "A number of the code.", formula: "" };
const GLOSSARY = { pattern: "(?<![a-z])(?:((?:[Ll]atent )?units?)|([Rr]ate))(?![a-z])", terms: [UNIT, RATE] };

test("a text is cut at its terms, and nothing of it is lost", () => {
  const text = "10 latent units, rate 3.4 nats";
  const found = parts(text, GLOSSARY);
  assert.deepEqual(found, [
    { text: "10 ", term: null },
    { text: "latent units", term: UNIT },
    { text: ", ", term: null },
    { text: "rate", term: RATE },
    { text: " 3.4 nats", term: null },
  ]);
  assert.equal(found.map((part) => part.text).join(""), text);
});

test("a term is marked once, and only as a whole word", () => {
  assert.deepEqual(
    parts("unit and unit, generate", GLOSSARY).map(({ text, term }) => [text, term?.title]),
    [["unit", "Latent unit"], [" and unit, generate", undefined]],
  );
  assert.deepEqual(parts("nothing here", GLOSSARY), [{ text: "nothing here", term: null }]);
  assert.deepEqual(parts("", GLOSSARY), []);
});

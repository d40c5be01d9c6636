/** Words of the field in a text: each carries its meaning on hover, focus or tap. */

import { addressOf } from "../wire/addresses.js";
import { element, setText } from "./element.js";
import { hideNote, showNote } from "./term_note.js";

/**
 * @typedef {{title: string, sentence: string, formula: string}} Term formula is "" where there is none
 * @typedef {{pattern: string, terms: Term[]}} Glossary as GET /api/glossary tells it; the pattern has one group a term
 * @typedef {{text: string, term: Term|null}} Part of a text; with the term that it names
 */

/** @type {Glossary|null} */
let known = null;
/** @type {Promise<void>|null} */
let asked = null;
/** What each node says. @type {WeakMap<Node, string>} */
const texts = new WeakMap();

/** @param {string} text @param {Glossary} glossary @returns {Part[]} in order; a term is marked where it is named first */
export function parts(text, { pattern, terms }) {
  /** @type {Part[]} */
  const found = [];
  const named = new Set();
  let end = 0;
  for (const match of text.matchAll(new RegExp(pattern, "g"))) {
    const group = match.slice(1).findIndex((word) => word !== undefined);
    if (named.has(group)) continue;
    named.add(group);
    found.push({ text: text.slice(end, match.index), term: null }, { text: match[0], term: terms[group] });
    end = match.index + match[0].length;
  }
  return [...found, { text: text.slice(end), term: null }].filter((part) => part.text);
}

/**
 * Sets a text whose words are explained; until the glossary has come, and where it cannot be had, the text alone.
 * Only when it differs, so that a note that is being read stays.
 * @param {HTMLElement} node @param {string} text
 */
export function setExplained(node, text) {
  if (texts.get(node) === text) return;
  texts.set(node, text);
  if (known) return fill(node, text, known);
  setText(node, text);
  void glossary().then(() => known && texts.get(node) === text && fill(node, text, known));
}

/**
 * @template {"p"|"span"|"figcaption"|"h3"} Tag
 * @param {Tag} tag @param {string} className @param {string} text @returns {HTMLElementTagNameMap[Tag]} a text whose words are explained
 */
export function explained(tag, className, text) {
  const node = element(tag, className);
  setExplained(node, text);
  return node;
}

/** @param {HTMLElement} node @param {string} text @param {Glossary} glossary */
function fill(node, text, glossary) {
  for (const word of node.querySelectorAll("span.term")) hideNote(/** @type {HTMLElement} */ (word)); // it would say nothing when it goes
  const found = parts(text, glossary);
  if (rewritten(node, found)) return;
  node.replaceChildren(...found.map((part) => (part.term ? mark(part.text, part.term) : part.text)));
}

/**
 * Writes only what stands between the words, where these stay: a text that follows the hand changes in little but its number.
 * @param {HTMLElement} node @param {ReturnType<typeof parts>} found @returns {boolean} whether the words stay
 */
function rewritten(node, found) {
  const nodes = [...node.childNodes];
  const stays = nodes.length === found.length && found.every(({ term, text }, i) => (nodes[i].nodeType === 3 ? !term : term && nodes[i].textContent === text));
  if (stays) found.forEach(({ term, text }, i) => term || setText(nodes[i], text));
  return stays;
}

/** @returns {Promise<void>} asked once */
function glossary() {
  asked ??= fetch(addressOf("/api/glossary"))
    .then(async (answer) => void (known = answer.ok ? await answer.json() : null))
    .catch(() => undefined);
  return asked;
}

/** @param {string} text @param {Term} term */
function mark(text, term) {
  const node = element("span", "term", { tabindex: "0" }, [text]);
  for (const event of ["pointerenter", "focus", "click"]) node.addEventListener(event, () => showNote(node, term));
  for (const event of ["pointerleave", "blur"]) node.addEventListener(event, () => hideNote(node));
  node.addEventListener("click", (event) => event.preventDefault()); // the label around it must not be switched
  node.addEventListener("keydown", (event) => event.key === "Escape" && hideNote(node));
  return node;
}

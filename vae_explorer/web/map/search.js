/** What was typed into the search box: an image by its number, or a class or a value of a factor by its name. */

/** @import { Categories } from "../legend/legend.js" */
/**
 * @typedef {{kind: "image", index: number}|{kind: "category", id: number}} Hit
 * @typedef {Hit|{kind: "both", hits: {label: string, hit: Hit}[]}|{kind: "none", sentence: string}} Result
 * @typedef {{n: number, legend: Categories, traits: string[]}} Searched traits: what is known of images, the class first
 */

/** @param {string[]} names */
const few = (names) => (names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", "));
/** @param {number} n */
const count = (n) => n.toLocaleString("en-US");

/** @param {string} text @param {Searched} data @returns {Result} */
function image(text, { n }) {
  const index = Number(text);
  if (index < n) return { kind: "image", index };
  return { kind: "none", sentence: `There is no image ${text}; there are ${count(n)}${n ? `, from 0 to ${n - 1}` : ""}.` };
}

/** @param {string} range “5–9” @param {string} value @returns {boolean} */
function holds(range, value) {
  const [, low, high] = /^(\d+)–(\d+)$/.exec(range) ?? [];
  return /^\d+$/.test(value) && low !== undefined && Number(low) <= Number(value) && Number(value) <= Number(high);
}

/** @param {string} name @param {Searched} data @returns {Result} */
function category(name, { legend: { title, names } }) {
  const id = names.findIndex((other) => other.toLowerCase() === name.toLowerCase() || holds(other, name));
  if (id >= 0) return { kind: "category", id };
  return { kind: "none", sentence: `There is no ${title.toLowerCase()} ${name}; there are ${few(names)}.` };
}

/** @param {string} text @param {Searched} data @returns {Result|null} */
function otherwise(text, { legend: { title, names } }) {
  if (names.some((name) => name.toLowerCase() === text.toLowerCase())) return null;
  const example = names.length ? `, or a ${title.toLowerCase()} such as “${title.toLowerCase()} ${names[0]}”` : "";
  return { kind: "none", sentence: `Type the number of an image${example}.` };
}

/** @param {string} digits @param {Searched} data @returns {Result} the image, the class that is called so, or both to choose from */
function number(digits, data) {
  const [one, other] = [image(digits, data), category(digits, data)];
  if (other.kind !== "category") return one;
  if (one.kind !== "image") return other;
  const { title, names } = data.legend;
  return { kind: "both", hits: [{ label: `${title} ${names[other.id]}`, hit: other }, { label: `Image ${one.index}`, hit: one }] };
}

/**
 * @param {string} text @param {Searched} data
 * @returns {Result|null} a category of the legend; null when nothing was typed
 */
export function found(text, data) {
  const typed = text.trim().slice(0, 80);
  if (!typed) return null;
  const [, named, digits] = /^(image\s+|#)?(\d+)$/i.exec(typed) ?? [];
  if (digits) return named ? image(digits, data) : number(digits, data);
  const { title, names } = data.legend;
  const word = wordOf(typed, data);
  if (!word) return otherwise(typed, data) ?? category(typed, data);
  const shown = names.length > 0 && sameTrait(word, title.toLowerCase(), data);
  if (shown) return category(typed.slice(word.length).trim(), data);
  return { kind: "none", sentence: `The legend shows no ${word}; colour by ${word} to look for one.` };
}

/** @param {string} typed @param {Searched} data @returns {string|undefined} what a name of it is said to be of, in front of the name */
function wordOf(typed, { traits }) {
  const words = ["class", "cluster", ...traits];
  return words.find((word) => typed.length > word.length && typed.toLowerCase().startsWith(`${word} `));
}

/** Where the class has a word of its own, such as shape, both words mean it. @param {string} word @param {string} title @param {Searched} data */
const sameTrait = (word, title, { traits: [classed] }) => word === title || (word === "class" && title === classed);

/** What was typed into the search box: an image by its number, or a class by its name. */

/** @import { Categories } from "../legend/legend.js" */
/**
 * @typedef {{kind: "image", index: number}|{kind: "category", id: number}|{kind: "none", sentence: string}} Result
 * @typedef {{n: number, legend: Categories}} Searched
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

/** @param {string} name @param {Searched} data @returns {Result} */
function category(name, { legend: { title, names } }) {
  const id = names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
  if (id >= 0) return { kind: "category", id };
  return { kind: "none", sentence: `There is no ${title.toLowerCase()} ${name}; there are ${few(names)}.` };
}

/** @param {string} text @param {Searched} data @returns {Result|null} */
function otherwise(text, { legend: { title, names } }) {
  if (names.some((name) => name.toLowerCase() === text.toLowerCase())) return null;
  const example = names.length ? `, or a ${title.toLowerCase()} such as “${title.toLowerCase()} ${names[0]}”` : "";
  return { kind: "none", sentence: `Type the number of an image${example}.` };
}

/**
 * A bare number is always an image's, also where classes are called by digits: then it takes “class 7”.
 * @param {string} text @param {Searched} data
 * @returns {Result|null} a category of the legend; null when nothing was typed
 */
export function found(text, data) {
  const typed = text.trim().slice(0, 80);
  if (!typed) return null;
  const number = /^(?:image\s+|#)?(\d+)$/i.exec(typed);
  if (number) return image(number[1], data);
  const { title, names } = data.legend;
  const [, word, name] = /^(class|cluster)\s+(.+)$/i.exec(typed) ?? [];
  if (word && names.length && word.toLowerCase() === title.toLowerCase()) return category(name, data);
  if (word) return { kind: "none", sentence: `The legend shows no ${word.toLowerCase()}; colour by ${word.toLowerCase()} to look for one.` };
  return otherwise(typed, data) ?? category(typed, data);
}

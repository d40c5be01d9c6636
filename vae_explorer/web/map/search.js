/** What was typed into the search box: an image by its number, or a class by its name. */

/** @import { Categories } from "../legend/legend.js" */
/**
 * @typedef {{kind: "image", index: number}|{kind: "category", id: number}} Hit
 * @typedef {Hit|{kind: "both", hits: {label: string, hit: Hit}[]}|{kind: "none", sentence: string}} Result
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
  const [, word, name] = /^(class|cluster)\s+(.+)$/i.exec(typed) ?? [];
  if (word && names.length && word.toLowerCase() === title.toLowerCase()) return category(name, data);
  if (word) return { kind: "none", sentence: `The legend shows no ${word.toLowerCase()}; colour by ${word.toLowerCase()} to look for one.` };
  return otherwise(typed, data) ?? category(typed, data);
}

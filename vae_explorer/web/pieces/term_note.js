/** The note that says what a term means, beside its word and above everything else. */

import { element, setText } from "./element.js";
import { zoomOf } from "./own_pixels.js";

/** @import { Term } from "./terms.js" */

const GAP = 6;
const EDGE = 8;
const ID = "term-note";

/** One note a component: what describes a word has to lie in the same tree. @type {WeakMap<Node, Note>} */
const notes = new WeakMap();

/** @param {HTMLElement} word @param {Term} term */
export function showNote(word, term) {
  const tree = word.getRootNode();
  const note = notes.get(tree) ?? new Note();
  notes.set(tree, note);
  note.show(word, term);
}

/** @param {HTMLElement} word */
export function hideNote(word) {
  notes.get(word.getRootNode())?.hide(word);
}

/**
 * @param {DOMRect} word @param {{width: number, height: number}} note @param {{width: number, height: number}} window
 * @returns {{left: number, top: number}} below the word where there is room, else above it; never beyond an edge
 */
export function noteAt(word, note, window) {
  const left = Math.max(EDGE, Math.min(word.left, window.width - note.width - EDGE));
  const below = word.bottom + GAP;
  const top = below + note.height + EDGE <= window.height ? below : Math.max(EDGE, word.top - GAP - note.height);
  return { left, top };
}

class Note {
  #title = element("strong", "");
  #sentence = element("span", "");
  #formula = element("code", "");
  #root = element("div", "term-note", { id: ID, role: "tooltip", popover: "manual" }, [this.#title, this.#sentence, this.#formula]);
  /** @type {HTMLElement|null} */
  #word = null;

  /** @param {HTMLElement} word @param {Term} term */
  show(word, { title, sentence, formula }) {
    if (this.#word && this.#word !== word) this.hide(this.#word);
    this.#word = word;
    setText(this.#title, title);
    setText(this.#sentence, sentence);
    setText(this.#formula, formula);
    this.#formula.hidden = !formula;
    if (!this.#root.isConnected) word.closest(".root")?.append(this.#root);
    word.setAttribute("aria-describedby", ID);
    if (!this.#root.matches(":popover-open")) this.#root.showPopover();
    const { left, top } = noteAt(word.getBoundingClientRect(), this.#root.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
    const zoom = zoomOf(this.#root);
    Object.assign(this.#root.style, { left: `${left / zoom}px`, top: `${top / zoom}px` });
  }

  /** @param {HTMLElement} word */
  hide(word) {
    if (this.#word !== word) return;
    this.#word = null;
    word.removeAttribute("aria-describedby");
    this.#root.hidePopover();
  }
}

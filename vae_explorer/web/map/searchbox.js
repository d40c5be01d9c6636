/** The search box: Enter goes to an image or shows one class alone; what cannot be found is said in one sentence. */

import { element, setText } from "../pieces/element.js";
import { found } from "./search.js";

/** @import { Searched } from "./search.js" */

export class SearchBox {
  /** @type {Searched|null} */
  #data = null;
  #actions;

  /** @param {{image: (index: number) => void, category: (id: number) => void}} actions */
  constructor(actions) {
    this.#actions = actions;
    const attributes = { type: "text", placeholder: "Image or class", autocomplete: "off", spellcheck: "false", maxlength: "80" };
    this.input = element("input", "map-search-input", { ...attributes, "aria-label": "Find an image by its number, or a class by its name" });
    this.message = element("p", "map-search-message", { "aria-live": "polite" });
    this.root = element("div", "map-search", {}, [this.input, this.message]);
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => this.#say(""));
    this.input.addEventListener("blur", () => this.#say(""));
  }

  /** @param {Searched} data what there is to find */
  update(data) {
    this.#data = data;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    if (event.key === "Enter") this.#find();
    if (event.key !== "Escape") return;
    this.input.value = "";
    this.#say("");
  }

  #find() {
    const result = this.#data && found(this.input.value, this.#data);
    this.#say(result?.kind === "none" ? result.sentence : "");
    if (result?.kind === "image") this.#actions.image(result.index);
    if (result?.kind === "category") this.#actions.category(result.id);
  }

  /** @param {string} sentence */
  #say(sentence) {
    setText(this.message, sentence);
  }
}

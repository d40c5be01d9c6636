/** The search box: Enter goes to an image or shows one class alone, or offers both; what cannot be found is said. */

import { element, setText } from "../pieces/element.js";
import { found } from "./search.js";

/** @import { Hit, Searched } from "./search.js" */

export class SearchBox {
  /** @type {Searched|null} */
  #data = null;
  #actions;

  /** @param {{image: (index: number) => void, category: (id: number) => void}} actions */
  constructor(actions) {
    this.#actions = actions;
    const attributes = { type: "text", placeholder: "Image or class", autocomplete: "off", spellcheck: "false", maxlength: "80" };
    this.input = element("input", "map-search-input", { ...attributes, "aria-label": "Find an image by its number, or a class or a value of a factor by its name" });
    this.message = element("p", "map-search-message", { "aria-live": "polite" });
    this.root = element("div", "map-search", {}, [this.input, this.message]);
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => this.#say(""));
    this.root.addEventListener("focusout", ({ relatedTarget: to }) => !(to instanceof Node && this.root.contains(to)) && this.#say(""));
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
    if (result?.kind === "both") this.#offer(result.hits);
    else if (result && result.kind !== "none") this.#go(result);
  }

  /** @param {Hit} hit */
  #go(hit) {
    if (hit.kind === "image") this.#actions.image(hit.index);
    else this.#actions.category(hit.id);
  }

  /** @param {{label: string, hit: Hit}[]} hits what the same word names */
  #offer(hits) {
    const buttons = hits.map(({ label, hit }) => {
      const button = element("button", "push", { type: "button" }, [label]);
      button.addEventListener("click", () => {
        this.#go(hit);
        this.#say("");
      });
      return button;
    });
    this.message.replaceChildren(...buttons);
  }

  /** @param {string} sentence */
  #say(sentence) {
    setText(this.message, sentence);
  }
}

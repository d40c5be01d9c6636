/** What went wrong, in one quiet line; a dropped channel is tried again by itself. */

import { ChannelDropped } from "../wire/live.js";
import { element, setText } from "./element.js";

const AGAIN_MS = 500;

export class Status {
  /** @type {Map<string, string>} */
  #messages = new Map();
  /** @type {number|undefined} */
  #timer;

  /** @param {() => void} again asks for everything that is missing */
  constructor(again) {
    this.again = again;
    this.node = element("p", "status", { role: "status", "aria-live": "polite" });
  }

  /** @param {string} source who failed @param {Error} error */
  failed(source, error) {
    this.#messages.set(source, error.message);
    this.#show();
    if (!(error instanceof ChannelDropped)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.again, AGAIN_MS);
  }

  /** @param {string} source who succeeded */
  succeeded(source) {
    if (this.#messages.delete(source)) this.#show();
  }

  close() {
    clearTimeout(this.#timer);
  }

  #show() {
    setText(this.node, [...new Set(this.#messages.values())].join(" "));
  }
}

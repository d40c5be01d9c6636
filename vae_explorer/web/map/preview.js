/** Pictures that follow the hand: asks for the newest only, and tries again when the channel comes back. */

import { ChannelDropped, Latest, liveChannel } from "../wire/live.js";

const RETRY_MS = 600;

/** @typedef {{asked: import("../wire/live.js").Asked}} Wanted and whatever else the reader of the reply has to know */

/** Pictures decoded in one way may follow each other late; those of another model, class or map would be mistaken for them. */
export const same = (a, b) => ["model", "y", "projection", "refine"].every((name) => a?.asked[name] === b.asked[name]);

export class Preview {
  #latest;
  #wanted = null;
  #timer = null;

  /** @param {(reply: object, wanted: Wanted) => void} decoded @param {(message: string) => void} status "" when all is well */
  constructor(decoded, status) {
    this.#latest = new Latest(
      ({ asked }) => liveChannel().request(asked),
      (reply, wanted) => {
        if (!same(this.#wanted, wanted)) return;
        status("");
        decoded(reply, wanted);
      },
      (error, wanted) => {
        if (!same(this.#wanted, wanted)) return;
        status(error.message);
        if (error instanceof ChannelDropped) this.#timer = setTimeout(() => this.#again(wanted), RETRY_MS);
      },
    );
  }

  /** @param {Wanted} wanted */
  show(wanted) {
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    this.#latest.push(wanted);
  }

  close() {
    this.#wanted = null;
    clearTimeout(this.#timer);
  }

  #again(wanted) {
    if (wanted === this.#wanted) this.#latest.push(wanted);
  }
}

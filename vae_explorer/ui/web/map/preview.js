/** Pictures that follow the hand: decodes the newest z, and tries again when the channel comes back. */

import { ChannelDropped, Latest, liveChannel } from "../live.js";

const RETRY_MS = 600;

/** @typedef {{model: string, z: number[], place: "single"|"pair"}} Wanted where in the card the picture belongs */

export class Preview {
  #latest;
  #wanted = null;
  #timer = null;

  /** @param {(reply: object, wanted: Wanted) => void} decoded @param {(message: string) => void} status "" when all is well */
  constructor(decoded, status) {
    this.#latest = new Latest(
      ({ model, z }) => liveChannel().request(model, [z]),
      (reply, wanted) => {
        if (!this.#wanted) return;
        status("");
        decoded(reply, wanted);
      },
      (error, wanted) => {
        if (!this.#wanted) return;
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

/** Pictures that follow the hand: asks for the newest only, and tries again when the channel comes back. */

import { ChannelDropped, Latest, liveChannel } from "../wire/live.js";

const RETRY_MS = 600;

/** @import { PictureRequest, Reply } from "../wire/messages.js" */
/** @typedef {{request: PictureRequest}} Wanted and whatever else the reader of the reply has to know */

/** @type {(keyof PictureRequest)[]} */
const MANNER = ["model", "y", "projection", "refine"];

/**
 * Pictures decoded in one way may follow each other late; those of another model, class or map would be mistaken for them.
 * @param {Wanted|null} a @param {Wanted} b
 */
export const sameManner = (a, b) => MANNER.every((name) => a?.request[name] === b.request[name]);

/** @template {Wanted} W */
export class Preview {
  /** @type {Latest<W, Reply>} */
  #latest;
  /** @type {W|null} */
  #wanted = null;
  /** @type {number|undefined} */
  #timer;

  /** @param {(reply: Reply, wanted: W) => void} decoded @param {(message: string) => void} status "" when all is well */
  constructor(decoded, status) {
    this.#latest = new Latest(
      ({ request }) => liveChannel().request(request),
      (reply, wanted) => {
        if (!sameManner(this.#wanted, wanted)) return;
        status("");
        decoded(reply, wanted);
      },
      (error, wanted) => {
        if (!sameManner(this.#wanted, wanted)) return;
        status(error.message);
        if (error instanceof ChannelDropped) this.#timer = setTimeout(() => this.#again(wanted), RETRY_MS);
      },
    );
  }

  /** @param {W} wanted */
  show(wanted) {
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    this.#latest.push(wanted);
  }

  close() {
    this.#wanted = null;
    clearTimeout(this.#timer);
  }

  /** @param {W} wanted */
  #again(wanted) {
    if (wanted === this.#wanted) this.#latest.push(wanted);
  }
}

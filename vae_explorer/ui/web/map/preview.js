/** Pictures that follow the hand: decodes the newest z, and tries again when the channel comes back. */

import { ChannelDropped, Latest, liveChannel } from "../live.js";

const RETRY_MS = 600;

/**
 * @typedef {{model: string, z: number[], y: number|null, place: "single"|"pair"}} Wanted
 *   the class to decode as, if the model takes one, and where in the card the picture belongs
 */

/** Pictures of one model and one class may follow each other late; those of another would be mistaken for them. */
const same = (a, b) => a?.model === b.model && a.y === b.y;

export class Preview {
  #latest;
  #wanted = null;
  #timer = null;

  /** @param {(reply: object, wanted: Wanted) => void} decoded @param {(message: string) => void} status "" when all is well */
  constructor(decoded, status) {
    this.#latest = new Latest(
      ({ model, z, y }) => liveChannel().request(model, [z], y),
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

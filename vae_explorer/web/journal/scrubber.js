/** The scrubber with its buttons: a real range input over the snapshots, and where beta became another. */

import { element, icon } from "../pieces/element.js";
import { betaChanges, clamped } from "./timeline.js";
import { spoken } from "./words.js";

const PLAY = "M4.5 2.5 L13 8 L4.5 13.5 Z";
const PAUSE = "M5 2.5 V13.5 M11 2.5 V13.5";
/** Snapshots forward or back. @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity };
/**
 * @typedef {{drag: (place: number) => void, drop: () => void, step: (by: number) => void, play: () => void, live: () => void}} Hand
 * @typedef {import("./messages.js").Entry} Entry
 */

const RANGE = { type: "range", min: "0", max: "0", step: "any", value: "0", "aria-label": "Snapshot" };

export class Scrubber {
  #slider = element("input", "slider journal-slider", RANGE);
  #marks = element("div", "journal-marks", { "aria-hidden": "true" });
  #play = element("button", "push journal-play", { type: "button" });
  #live = element("button", "push journal-live", { type: "button", title: "Follow the run as it trains" }, ["Live"]);
  #film = element("a", "push journal-film", { title: "All snapshots as one GIF; it takes a few seconds to make" }, ["Download GIF"]);
  #count = 0;
  #built = "";

  /** @param {Hand} hand */
  constructor(hand) {
    const slot = element("div", "journal-slot", {}, [this.#marks, this.#slider]);
    this.root = element("div", "journal-track", {}, [this.#play, slot, this.#live, this.#film]);
    this.#slider.addEventListener("input", () => hand.drag(Number(this.#slider.value)));
    for (const end of ["change", "pointercancel"]) this.#slider.addEventListener(end, () => hand.drop());
    this.#slider.addEventListener("keydown", (event) => this.#key(event, hand));
    this.#play.addEventListener("click", () => hand.play());
    this.#live.addEventListener("click", () => hand.live());
    this.playing = false;
  }

  /** @param {boolean} on */
  set playing(on) {
    this.#play.setAttribute("aria-label", on ? "Pause" : "Play");
    this.#play.title = on ? "Pause" : "Play the training from here, or from the start";
    this.#play.replaceChildren(icon(on ? PAUSE : PLAY));
  }

  /** @param {Entry[]} entries @param {string} run @param {string} film address */
  list(entries, run, film) {
    this.#count = entries.length;
    this.#slider.max = String(Math.max(0, entries.length - 1));
    this.#slider.disabled = this.#play.disabled = entries.length < 2;
    this.#film.hidden = entries.length < 2;
    this.#film.href = film;
    this.#film.setAttribute("download", `${run}.gif`);
    this.#mark(entries);
  }

  /** @param {number} place @param {{step: number, epoch: number}} shown @param {{atWork: boolean, following: boolean}} run */
  show(place, { step, epoch }, { atWork, following }) {
    this.#slider.value = String(place);
    this.#slider.setAttribute("aria-valuetext", spoken(step, epoch));
    this.#live.hidden = !atWork;
    this.#live.setAttribute("aria-pressed", String(following));
  }

  /** @param {KeyboardEvent} event @param {Hand} hand */
  #key(event, hand) {
    const by = STEPS[event.key];
    if (event.key === " ") hand.play();
    else if (by !== undefined) hand.step(by);
    else return;
    event.preventDefault();
  }

  /** @param {Entry[]} entries */
  #mark(entries) {
    const last = Math.max(1, this.#count - 1);
    const changes = betaChanges(entries);
    const built = JSON.stringify([changes, this.#count]);
    if (built === this.#built) return;
    this.#built = built;
    const dots = entries.map((_, i) => element("i", "journal-dot", { style: `left: ${(100 * i) / last}%` }));
    const marks = changes.map(({ place, beta }) => {
      const left = (100 * clamped(place, this.#count)) / last;
      return element("b", "journal-beta", { style: `left: ${left}%` }, [`β ${Number(beta.toPrecision(4))}`]);
    });
    this.#marks.replaceChildren(...dots, ...marks);
  }
}

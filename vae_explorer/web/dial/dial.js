/** A slider of β: while it is dragged everything on the page follows, and where it is let go it rests at the nearest stop. */

import { element, setText } from "../pieces/element.js";
import { everyPicture, FingerView } from "../pieces/finger_view.js";
import { tellBeta } from "../pieces/shared_beta.js";
import { setExplained } from "../pieces/terms.js";
import { Outbox } from "../wire/outbox.js";
import { betaAt, marked, nearestStop, shareOf, written } from "./scale.js";

/** @import { Send } from "../wire/mount.js" */
/** @import { DialData } from "./data.js" */

export class BetaDial {
  /** @type {DialData|null} */
  #data = null;
  #out;
  #held = false;
  #share = 0;
  #marks = "";
  #label = element("span", "dial-label");
  #value = element("output", "dial-value");
  #slider = element("input", "slider", { type: "range", min: "0", max: "1", step: "any" });
  #scale = element("div", "dial-scale", { "aria-hidden": "true" });
  #about = element("p", "dial-about");

  /** @param {HTMLElement} root @param {Send} send */
  constructor(root, send) {
    this.#out = new Outbox(send, 0);
    const track = element("div", "dial-track", {}, [this.#slider, this.#scale]);
    root.replaceChildren(element("div", "dial", {}, [this.#label, track, this.#value]), this.#about);
    this.finger = new FingerView(root, everyPicture);
    this.#slider.addEventListener("input", () => this.#turn(Number(this.#slider.value)));
    this.#slider.addEventListener("change", () => this.#rest());
    this.#slider.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {DialData} data */
  update(data) {
    this.#data = data;
    setExplained(this.#label, "β");
    setExplained(this.#about, data.about);
    this.#slider.setAttribute("aria-label", `β of ${data.network}`);
    this.#mark(data.stops);
    if (this.#out.adopt("beta", data.beta) && !this.#held) this.#show(shareOf(data.stops, data.beta));
  }

  close() {
    this.#out.close();
    this.finger.close();
  }

  /** @param {number[]} stops */
  #mark(stops) {
    if (this.#marks === String(stops)) return;
    this.#marks = String(stops);
    const marks = marked(stops).map((stop) => element("span", "dial-mark", { style: `--at:${shareOf(stops, stop)}` }, [written(stop)]));
    this.#scale.replaceChildren(...marks);
  }

  /** @param {number} share */
  #show(share) {
    if (!this.#data) return;
    this.#share = share;
    const beta = betaAt(this.#data.stops, share);
    this.#slider.value = String(share);
    this.#slider.setAttribute("aria-valuetext", `β ${written(beta)}`);
    setText(this.#value, written(beta));
  }

  /** @param {number} share */
  #turn(share) {
    if (!this.#data) return;
    this.#held = true;
    this.#show(share);
    tellBeta(this.#data.network, betaAt(this.#data.stops, share));
  }

  #rest() {
    if (!this.#data) return;
    const { stops } = this.#data;
    this.#step(nearestStop(stops, betaAt(stops, this.#share)));
  }

  /** @param {number} place of a stop */
  #step(place) {
    if (!this.#data) return;
    const { stops, network } = this.#data;
    const stop = stops[Math.max(0, Math.min(stops.length - 1, place))];
    this.#held = false;
    this.#show(shareOf(stops, stop));
    tellBeta(network, stop);
    this.#out.put("beta", stop);
  }

  /** From stop to stop. @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#data) return;
    const { stops } = this.#data;
    const now = nearestStop(stops, betaAt(stops, this.#share));
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageDown: now - 6, PageUp: now + 6, Home: 0, End: stops.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.#step(steps[event.key]);
  }
}

/** The pinned z, and the data point it belongs to when one was chosen. */

import { loadOriginal, loadPoint } from "../points.js";
import { alike } from "../outbox.js";
import { lift, project } from "./plane.js";

export class Choice {
  /** @type {number[]} [D] */
  pin = [];
  /** The index of the chosen point; its details and its image arrive a moment later. @type {number|null} */
  point = null;
  details = null;
  original = null;
  #out;
  #changed;
  #failed;
  #data = null;
  #before = null;
  #closed = false;

  /**
   * @param {import("../outbox.js").Outbox} out @param {() => void} changed @param {(message: string) => void} failed
   */
  constructor(out, changed, failed) {
    this.#out = out;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Take over what the page says. @param {object} data @param {boolean} otherModel the same point lies elsewhere now */
  adopt(data, otherModel) {
    const arrived = data.dataset?.available && this.#data?.dataset?.available === false;
    this.#data = data;
    if (otherModel) this.details = null;
    const moved = this.#out.adopt("pin", data.pin);
    if (moved || this.pin.length !== data.latent_dim) this.pin = this.#fitting(data);
    const other = this.#out.adopt("point", data.point);
    if (other) this.point = data.point;
    if (this.point === null) this.#release();
    else if (other || otherModel || arrived) this.choose(this.point);
    else if (moved && this.details && !alike(this.pin, this.details.mu)) this.#free();
  }

  /** @param {number[]} z a place of its own, no data point */
  pinAt(z) {
    this.pin = z;
    this.#release();
    this.#send();
  }

  /** @param {[number, number]} step in data units of the plane */
  moveBy([dx, dy]) {
    const [x, y] = project(this.#data.plane, this.pin);
    this.pinAt(lift(this.#data.plane, [x + dx, y + dy], this.pin));
  }

  /** The pin stays, the point is let go. */
  clear() {
    this.#release();
    this.#send();
  }

  /** @param {number} index of the data point; its mu becomes the pin */
  async choose(index) {
    const { model, version, dataset } = this.#data;
    this.point = index;
    const current = () => !this.#closed && this.point === index && this.#data.model === model;
    try {
      const details = await loadPoint(model, version, index);
      if (!current()) return;
      this.details = details;
      this.pin = details.mu;
      this.original = dataset.available ? null : { error: dataset.note };
      this.#send();
      if (dataset.available) this.#show(await loadOriginal(dataset.name, dataset.split, index), current);
    } catch (error) {
      if (!current()) return;
      this.#free();
      this.#failed(error.message);
    }
  }

  /** Before a click, in case it turns out to be the first of two. */
  remember() {
    const { pin, point, details, original } = this;
    this.#before = { pin, point, details, original };
  }

  /** Back to what was remembered. */
  recall() {
    if (!this.#before) return;
    Object.assign(this, this.#before);
    this.#before = null;
    this.#send();
  }

  close() {
    this.#closed = true;
  }

  #fitting({ pin, latent_dim: units }) {
    return pin?.length === units ? pin : new Array(units).fill(0);
  }

  #show(original, current) {
    if (!current()) return;
    this.original = original;
    this.#changed();
  }

  #release() {
    this.point = this.details = this.original = null;
  }

  #free() {
    this.#release();
    this.#out.put("point", null);
    this.#changed();
  }

  #send() {
    this.#out.put("pin", this.pin);
    this.#out.put("point", this.point);
    this.#changed();
  }
}

/** What a finger draws, shown above all else while it drags and the picture itself is out of sight or under it. */

import { element } from "./element.js";

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box in the window's pixels */
/** @typedef {{x: number, y: number}} Spot in the window's pixels */
/** @typedef {() => readonly HTMLCanvasElement[]} Pictures */

/** Beneath the bar at the top of every page. */
const TOP = 56;
/** What a fingertip covers to each side. */
const FINGER = 24;
/** A finger that moves less taps. */
const STILL_PX = 6;
/** Pixels of an edge that nobody misses. */
const EDGE = 4;

/** The pictures of all that is on the page. @type {Set<Pictures>} */
const known = new Set();

/** @type {Pictures} every picture that a component follows a finger with */
export const everyPicture = () => [...known].flatMap((pictures) => pictures());

/** @param {Box} box of a picture @param {Spot} finger @param {number} height of the window @returns {boolean} whether all of it can be seen */
export function inSight({ left, top, right, bottom }, { x, y }, height) {
  const covered = x > left - FINGER && x < right + FINGER && y > top - FINGER && y < bottom + FINGER;
  return !covered && top >= TOP - EDGE && bottom <= height + EDGE;
}

export class FingerView {
  #pictures;
  #ends;
  /** Where the finger went down. @type {Spot|null} */
  #from = null;
  /** @type {Spot|null} */
  #at = null;
  #frame = 0;
  #node = element("div", "finger-view", { popover: "manual", "aria-hidden": "true" });

  /**
   * @param {HTMLElement} root what a finger drags in, a canvas or a slider
   * @param {Pictures} pictures that follow it @param {() => boolean} [draws] whether a drag now draws them
   */
  constructor(root, pictures, draws = () => true) {
    this.#pictures = pictures;
    this.#ends = new AbortController();
    if (pictures !== everyPicture) known.add(pictures);
    const { signal } = this.#ends;
    root.append(this.#node);
    root.addEventListener("pointerdown", (event) => draws() && this.#down(event), { signal });
    root.addEventListener("pointermove", (event) => this.#move(event), { signal });
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) root.addEventListener(name, () => this.#end(), { signal });
  }

  close() {
    known.delete(this.#pictures);
    this.#ends.abort();
    this.#end();
    this.#node.remove();
  }

  /** @param {PointerEvent} event */
  #down({ pointerType, isPrimary, target, clientX, clientY }) {
    const dragged = target instanceof HTMLCanvasElement || (target instanceof HTMLInputElement && target.type === "range");
    this.#end();
    if (pointerType === "touch" && isPrimary && dragged) this.#from = { x: clientX, y: clientY };
  }

  /** @param {PointerEvent} event */
  #move({ clientX, clientY }) {
    const [from, at] = [this.#from, { x: clientX, y: clientY }];
    if (!from || (!this.#at && Math.hypot(at.x - from.x, at.y - from.y) < STILL_PX)) return;
    this.#at = at;
    if (!this.#frame) this.#draw();
  }

  #end() {
    cancelAnimationFrame(this.#frame);
    [this.#from, this.#at, this.#frame] = [null, null, 0];
    if (this.#node.matches(":popover-open")) this.#node.hidePopover();
  }

  /** Again and again, as the pictures follow late. */
  #draw() {
    if (!this.#at) return;
    const [at, pictures] = [this.#at, this.#pictures()];
    const hidden = pictures.some((picture) => !inSight(picture.getBoundingClientRect(), at, innerHeight));
    if (hidden !== this.#node.matches(":popover-open")) this.#node.togglePopover(hidden);
    if (hidden) this.#copy(pictures, at);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** @param {readonly HTMLCanvasElement[]} pictures @param {Spot} at the side where no hand is */
  #copy(pictures, at) {
    this.#node.dataset.side = at.x < innerWidth / 2 ? "right" : "left";
    const copies = /** @type {HTMLCanvasElement[]} */ ([...this.#node.children]);
    if (copies.length !== pictures.length) return this.#node.replaceChildren(...pictures.map(() => element("canvas", "finger-picture")));
    pictures.forEach(({ width, height }, i) => Object.assign(copies[i], { width, height }));
    pictures.forEach((picture, i) => picture.width && picture.height && copies[i].getContext("2d")?.drawImage(picture, 0, 0));
  }
}

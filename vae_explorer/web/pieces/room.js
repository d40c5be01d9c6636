/** The room of a component: its width, and the height that the window leaves from its top to what stands below it. */

import { placeIn, zoomOf } from "./own_pixels.js";

/** @typedef {{width: number, height: number}} Size CSS pixels */

/** @param {Element} node @returns {Element|null} through shadow roots too */
function parentOf(node) {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** @param {Element} node @returns {HTMLElement} what scrolls it */
function scrollerOf(node) {
  for (let at = parentOf(node); at; at = parentOf(at)) {
    if (at instanceof HTMLElement && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

/**
 * Told again whenever the window, or what stands above, becomes another; styles read its height as `--room`.
 */
export class Room {
  /** @type {Size} */
  #size = { width: 0, height: 0 };
  #observer;
  #measure = () => this.#measured();

  /** @param {HTMLElement} root @param {number} below CSS pixels kept for what follows @param {(size: Size) => void} changed */
  constructor(root, below, changed) {
    this.root = root;
    this.below = below;
    this.changed = changed;
    this.scroller = scrollerOf(root);
    this.#observer = new ResizeObserver(this.#measure);
    for (const node of [root, this.scroller, ...this.scroller.children]) this.#observer.observe(node);
    window.addEventListener("resize", this.#measure);
    this.#size = this.#now();
    root.style.setProperty("--room", `${this.#size.height}px`);
  }

  get size() {
    return this.#size;
  }

  /** How high the window is, in CSS pixels of the component. */
  get sight() {
    return window.innerHeight / zoomOf(this.root);
  }

  close() {
    this.#observer.disconnect();
    window.removeEventListener("resize", this.#measure);
  }

  /** @returns {Size} */
  #now() {
    const { root, scroller, below } = this;
    const seen = root.getBoundingClientRect();
    const [, top] = placeIn(scroller, { clientX: seen.left, clientY: seen.top });
    const free = (scroller.clientHeight - top - scroller.scrollTop) * (zoomOf(scroller) / zoomOf(root));
    return { width: root.clientWidth, height: Math.max(0, Math.floor(free - below)) };
  }

  #measured() {
    const size = this.#now();
    if (!size.width || (size.width === this.#size.width && size.height === this.#size.height)) return;
    this.#size = size;
    this.root.style.setProperty("--room", `${size.height}px`);
    this.changed(size);
  }
}

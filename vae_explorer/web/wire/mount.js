/** The way a component is mounted: called again at every change of its data, for the same element. */

import { whenConnected } from "./connection.js";

/**
 * @template D
 * @typedef {{update: (data: D) => void, close: () => void, rest?: () => void}} Instance
 */

/**
 * @typedef {(name: string, value: {value: unknown}) => void} Trigger
 * @typedef {(name: string, value: unknown) => void} Send tells the page what the hand did
 */

/** A newer call for an element that stays follows sooner than this. */
const LATE_MS = 4000;

/**
 * A call that is overtaken by a newer one is mostly cleaned up after that newer call has run, and where two follow each
 * other closely, shortly before. So only the clean-up of the newest call may close the instance: at once when its
 * element is gone, and else when no call has followed.
 * What the hand did goes out as a trigger, an event of its own: a state that changes back to an earlier value,
 * or to null, would not be told to the page.
 *
 * @template D
 * @param {(root: HTMLElement, send: Send) => Instance<D>} make
 * @returns {(component: {data: D, parentElement: Element|ShadowRoot, setTriggerValue: Trigger}) => () => void}
 */
export function lifecycle(make) {
  /** @type {WeakMap<HTMLElement, {turn: number, trigger: Trigger, instance: Instance<D>|null}>} */
  const mounted = new WeakMap();
  return ({ data, parentElement, setTriggerValue }) => {
    const root = /** @type {HTMLElement} */ (parentElement.querySelector(".root"));
    const entry = mounted.get(root) ?? { turn: 0, trigger: setTriggerValue, instance: null };
    mounted.set(root, entry);
    entry.trigger = setTriggerValue;
    /** @type {Send} */
    const send = (name, value) => whenConnected(() => entry.trigger(name, { value }));
    const instance = (entry.instance ??= begin(root, make(root, send)));
    instance.update(data);
    const turn = ++entry.turn;
    const close = () => {
      if (turn !== entry.turn) return;
      mounted.delete(root);
      instance.close();
    };
    return () => (root.isConnected ? setTimeout(close, LATE_MS) : close());
  };
}

/**
 * A hand that leaves is on its way to something else, perhaps another page: what it did is told before.
 * @template D
 * @param {HTMLElement} root @param {Instance<D>} instance
 */
function begin(root, instance) {
  for (const event of ["pointerleave", "focusout"]) root.addEventListener(event, () => instance.rest?.());
  return instance;
}

/** The way a component is mounted: called again at every change of its data, for the same element. */

/** @template D @typedef {{update: (data: D) => void, close: () => void}} Instance */

/**
 * A call that was overtaken by a newer one is cleaned up after that newer call has run,
 * so only the clean-up of the newest call may close the instance.
 *
 * @template D
 * @param {(root: HTMLElement, send: (name: string, value: any) => void) => Instance<D>} make
 * @returns {(component: {data: D, parentElement: Element|ShadowRoot, setStateValue: Function}) => () => void}
 */
export function mounting(make) {
  const mounted = new WeakMap();
  return ({ data, parentElement, setStateValue }) => {
    const entry = mounted.get(parentElement) ?? { turn: 0, send: null, instance: null };
    mounted.set(parentElement, entry);
    entry.send = setStateValue;
    entry.instance ??= make(rootOf(parentElement), (name, value) => entry.send(name, value));
    entry.instance.update(data);
    const turn = ++entry.turn;
    return () => {
      if (turn !== entry.turn) return;
      mounted.delete(parentElement);
      entry.instance.close();
    };
  };
}

function rootOf(parent) {
  const root = parent.querySelector(".root") ?? parent.appendChild(document.createElement("div"));
  root.replaceChildren();
  return root;
}

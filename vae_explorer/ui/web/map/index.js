/** The map as a Streamlit component. */

import { LatentMap } from "./map.js";

/** @type {WeakMap<object, {map: LatentMap, mounts: number}>} */
const mounted = new WeakMap();

/**
 * Called again at every change of `data`; the map stays.
 * @param {{data: object, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} closes the map, unless a later call has taken it over: Streamlit may clean up after a call
 *   that a newer one has overtaken
 */
export function mount(component) {
  const root = component.parentElement.querySelector(".root") ?? component.parentElement;
  const place = mounted.get(root) ?? { map: new LatentMap(root), mounts: 0 };
  mounted.set(root, place);
  const mine = (place.mounts += 1);
  place.map.update(component);
  return () => {
    if (mine !== place.mounts) return;
    place.map.close();
    mounted.delete(root);
  };
}

/** The page's theme, read from Streamlit's custom properties so that a canvas can follow it. */

/**
 * @typedef {{text: string, background: string, surface: string, border: string, primary: string, font: string}} Colours CSS values
 * @typedef {Colours & {dark: boolean}} Theme
 */

/** @type {Record<keyof Colours, [string, string]>} property, fallback */
const FALLBACK = {
  text: ["--st-text-color", "#31333f"],
  background: ["--st-background-color", "#ffffff"],
  surface: ["--st-secondary-background-color", "#f0f2f6"],
  border: ["--st-border-color", "#d5d7de"],
  primary: ["--st-primary-color", "#3f90da"],
  font: ["--st-font", "sans-serif"],
};

/**
 * @param {string} colour "#rgb", "#rrggbb", "#rrggbbaa", "rgb(…)" or "rgba(…)"
 * @returns {[number, number, number]|null} red, green, blue in 0…255
 */
export function channels(colour) {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim())?.[1];
  const short = hex?.length === 3 || hex?.length === 4;
  const digits = short ? [...hex].map((digit) => digit + digit) : hex?.match(/../g);
  const values = digits?.map((pair) => parseInt(pair, 16)) ?? /^rgba?\(([^)]*)\)$/i.exec(colour.trim())?.[1].match(/[\d.]+/g)?.map(Number);
  const [red, green, blue] = values ?? [];
  return blue === undefined ? null : [red, green, blue];
}

/** @param {string} background @returns {boolean} whether light text belongs on it (Rec. 709 luma). */
export function isDark(background) {
  const [red, green, blue] = channels(background) ?? [255, 255, 255];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

/**
 * @param {Element|ShadowRoot} element anywhere inside the component; Streamlit's parentElement is a shadow root
 * @returns {Theme}
 */
export function readTheme(element) {
  const style = getComputedStyle(element instanceof ShadowRoot ? element.host : element);
  /** @param {keyof Colours} name */
  const read = (name) => {
    const [property, fallback] = FALLBACK[name];
    return style.getPropertyValue(property).trim() || fallback;
  };
  const [text, background, surface] = [read("text"), read("background"), read("surface")];
  const [border, primary, font] = [read("border"), read("primary"), read("font")];
  return { text, background, surface, border, primary, font, dark: isDark(background) };
}

/**
 * Calls `changed` when the theme's colours change. A custom property sends no event, but a CSS transition
 * of a colour that is made of it does: an invisible probe is enough, and costs nothing while nothing changes.
 *
 * @param {Element|ShadowRoot} element gets the probe as a child
 * @param {() => void} changed
 * @returns {() => void} stops watching
 */
export function watchTheme(element, changed) {
  const probe = document.createElement("span");
  probe.setAttribute("aria-hidden", "true");
  probe.style.cssText =
    "position:absolute;width:0;height:0;overflow:hidden;pointer-events:none;" +
    "color:var(--st-text-color);background-color:var(--st-background-color);border-color:var(--st-primary-color);" +
    "transition:color 1ms,background-color 1ms,border-color 1ms";
  probe.addEventListener("transitionend", changed);
  element.append(probe);
  return () => probe.remove();
}

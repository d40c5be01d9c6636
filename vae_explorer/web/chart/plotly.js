/** Plotly, loaded once, when the first chart is to be drawn. */

/**
 * @typedef {Record<string, unknown>} Attributes as Plotly names them
 * @typedef {{data: Attributes[], layout: Attributes}} Figure
 * @typedef {{on: (event: "plotly_click", told: (event: {points: {customdata?: unknown}[]}) => void) => void}} Listening what is drawn on
 * @typedef {{react: (node: HTMLElement, data: Attributes[], layout: Attributes, config: Attributes) => Promise<HTMLElement>,
 *   restyle: (node: HTMLElement, update: Attributes, traces: number[]) => void, purge: (node: HTMLElement) => void,
 *   toImage: (figure: Figure, options: Attributes) => Promise<string>, Plots: {resize: (node: HTMLElement) => void}}} Plotly what is used of it
 */

const ADDRESS = new URL("../plotly.js", import.meta.url).href;

/** @type {Promise<Plotly>|null} */
let loaded = null;

/** @returns {Promise<Plotly>} */
function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = ADDRESS;
    script.onload = () => resolve(/** @type {{Plotly: Plotly}} */ (/** @type {unknown} */ (window)).Plotly);
    script.onerror = () => reject(new Error("The charts' module did not come; reload the page."));
    document.head.append(script);
  });
}

/** @returns {Promise<Plotly>} tried again at the next call when it did not come */
export function plotly() {
  loaded ??= load().catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

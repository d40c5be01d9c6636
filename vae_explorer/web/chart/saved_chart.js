/** A chart as it goes into a file: on the page's own colour, with its caption beneath. */

import { titles } from "./look.js";

const CAPTION_PX = 12;
export const CAPTION_ROOM = 30;

/** @param {string} text @returns {string} as Plotly shows it letter by letter: it reads a few tags */
const plainText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** @param {import("./plotly.js").Attributes} layout @returns {import("./plotly.js").Attributes} its axes, whose titles are text */
function plainAxes(layout) {
  const axes = ["xaxis", "yaxis"].map((name, i) => {
    const axis = /** @type {import("./look.js").Axis} */ (layout[name]);
    return [name, { ...axis, title: { ...axis?.title, text: plainText(titles(layout)[i]) } }];
  });
  return Object.fromEntries(axes);
}

/**
 * @param {import("./plotly.js").Figure} figure themed @param {string} caption @param {import("../pieces/theme.js").Theme} theme
 * @returns {import("./plotly.js").Figure}
 */
export function saved({ data, layout }, caption, { background, text, font }) {
  const margin = /** @type {{b?: number}} */ (layout.margin ?? {});
  const bottom = (margin.b ?? 80) + CAPTION_ROOM;
  const words = {
    text: plainText(caption),
    font: { family: font, size: CAPTION_PX, color: text },
    ...{ xref: "paper", yref: "paper", x: 0, y: 0, xanchor: "left", yanchor: "bottom", yshift: 8 - bottom, showarrow: false },
  };
  const annotations = [.../** @type {import("./plotly.js").Attributes[]} */ (layout.annotations ?? []), words];
  return { data, layout: { ...layout, ...plainAxes(layout), margin: { ...margin, b: bottom }, annotations, paper_bgcolor: background, plot_bgcolor: background } };
}

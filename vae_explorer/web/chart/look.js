/** How charts look in the page's theme. */

import { channels } from "../pieces/theme.js";

/** @param {string} colour @param {number} opacity @returns {string} */
export function faint(colour, opacity) {
  const [red, green, blue] = channels(colour) ?? [128, 128, 128];
  return `rgba(${red},${green},${blue},${opacity})`;
}

/**
 * The figure's own layout, whose settings go first, on the page's colours and font.
 *
 * @param {import("./plotly.js").Attributes} layout @param {import("../pieces/theme.js").Theme} theme
 * @returns {import("./plotly.js").Attributes}
 */
export function themed(layout, { text, background, border, primary, font }) {
  const axis = { gridcolor: faint(text, 0.1), linecolor: faint(text, 0.25), zerolinecolor: faint(text, 0.25), automargin: true };
  const words = { family: font, color: text };
  const template = {
    layout: {
      font: words,
      xaxis: { ...axis, showgrid: false },
      yaxis: axis,
      hoverlabel: { bgcolor: background, bordercolor: border, font: words },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: faint(text, 0.5), activecolor: primary },
    },
  };
  return { ...layout, autosize: true, template };
}

/** @typedef {{title?: {text?: string}}} Axis what is read of one */

/** @param {import("./plotly.js").Attributes} layout @returns {string[]} what the two axes show */
export function titles({ xaxis, yaxis }) {
  return [xaxis, yaxis].map((axis) => /** @type {Axis|undefined} */ (axis)?.title?.text ?? "");
}

/**
 * The layout without its axes' titles, which stand beside the chart as words that are explained.
 *
 * @param {import("./plotly.js").Attributes} layout @returns {import("./plotly.js").Attributes}
 */
export function untitled(layout) {
  const [xaxis, yaxis] = [layout.xaxis, layout.yaxis].map((axis) => ({ .../** @type {Axis} */ (axis), title: undefined }));
  return { ...layout, xaxis, yaxis };
}

/** The chart's door. */

import { lifecycle } from "../wire/mount.js";
import { Chart } from "./chart.js";

/** Draws a Plotly figure; says `dot` where a click on one opens something. */
export const mount = lifecycle((root, send) => new Chart(root, send));

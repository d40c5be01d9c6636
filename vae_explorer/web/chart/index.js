/** The chart's door. */

import { lifecycle } from "../wire/mount.js";
import { Chart } from "./chart.js";

/** Draws a Plotly figure; says nothing back. */
export const mount = lifecycle((root) => new Chart(root));

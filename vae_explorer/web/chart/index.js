/** The chart's door. */

import { mounting } from "../wire/mount.js";
import { Chart } from "./chart.js";

/** Draws a Plotly figure; says nothing back. */
export const mount = mounting((root) => new Chart(root));

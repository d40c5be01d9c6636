/** The points a map shows: which columns they need, and the cloud made of them. */

import { loadColumn } from "../pieces/columns.js";
import { cloud } from "../plot/cloud.js";
import { boundsOf } from "../plot/view.js";

function columnNames({ axes, classes, colour, legend }) {
  return {
    x: axes[0].column,
    y: axes[1]?.column,
    label: legend.names.length ? legend.column : undefined,
    class: classes.length ? "label" : undefined,
    value: colour.kind === "value" ? colour.column : undefined,
  };
}

/** @returns {string} changes exactly when other columns are needed */
export const sceneKey = (data) => JSON.stringify([data.model, data.version, data.n, columnNames(data)]);

/** @returns {string} changes when the map shows another plane, so that an old view and an old area mean nothing there */
export const planeKey = ({ model, plane, axes }) => JSON.stringify([model, plane, axes.map(({ column }) => column)]);

/** @returns {Promise<{key: string, cloud: import("../plot/cloud.js").Cloud, bounds: import("../plot/view.js").Bounds}>} */
export async function loadScene(data) {
  const wanted = Object.entries(columnNames(data)).filter(([, name]) => name);
  const load = ([role, name]) => loadColumn(data.model, data.version, name).then((column) => [role, column]);
  const empty = wanted.map(([role]) => [role, new Float32Array(0)]);
  const columns = Object.fromEntries(data.n ? await Promise.all(wanted.map(load)) : empty);
  const points = cloud(data.n, columns);
  return { key: sceneKey(data), cloud: points, bounds: boundsOf(points.xs, points.ys) };
}

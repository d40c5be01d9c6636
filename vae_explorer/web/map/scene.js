/** The points a map shows: which columns they need, and the cloud made of them. */

import { loadColumn } from "../pieces/columns.js";
import { networkOf } from "../pieces/shared_beta.js";
import { cloud } from "../plot/cloud.js";
import { boundsOf } from "../plot/view.js";

/**
 * @import { Column } from "../pieces/columns.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { Bounds } from "../plot/view.js"
 * @import { MapData } from "./data.js"
 */
/**
 * @typedef {{key: string, cloud: Cloud, bounds: Bounds}} Scene
 * @typedef {Pick<MapData, "model"|"version"|"n"|"points"|"axes"|"classes"|"colour"|"legend">} Source
 */

/** @param {Source} data @returns {Record<"x"|"y"|"label"|"class"|"value"|"image", string|undefined>} */
function columnNames({ n, points, axes, classes, colour, legend }) {
  return {
    x: axes[0].column,
    y: axes[1]?.column,
    label: legend.names.length ? legend.column : undefined,
    class: classes.length ? "label" : undefined,
    value: colour.kind === "value" ? colour.column : undefined,
    image: points < n ? "image" : undefined,
  };
}

/** @param {Source} data @returns {string} changes exactly when other columns are needed */
export const sceneKey = (data) => JSON.stringify([data.model, data.version, data.n, columnNames(data)]);

/**
 * @param {Pick<MapData, "model"|"plane"|"axes">} data
 * @returns {string} changes when the map shows another plane, so that an old view and an old area mean nothing there
 */
export const planeKey = ({ model, plane, axes }) => JSON.stringify([networkOf(model), plane, axes.map(({ column }) => column)]);

/** @param {Source} data @returns {Promise<Scene>} */
export async function loadScene(data) {
  const { model, version, points: n } = data;
  const none = new Float32Array(0);
  /** @param {string|undefined} name @returns {Promise<Column|undefined>} */
  const load = async (name) => (name === undefined ? undefined : n ? loadColumn(model, version, name, "map-columns") : none);
  const names = columnNames(data);
  const loads = [load(names.x), load(names.y), load(names.label), load(names.class), load(names.value), load(names.image)];
  const [x = none, y, label, classed, value, image] = await Promise.all(loads);
  const points = cloud(n, { x, y, label, class: classed, value, image });
  return { key: sceneKey(data), cloud: points, bounds: boundsOf(points.xs, points.ys) };
}

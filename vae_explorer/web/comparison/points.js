/** The points of the maps, and the class of every image. */

import { loadColumn } from "../pieces/columns.js";
import { cloud } from "../plot/cloud.js";

/**
 * @import { Column } from "../pieces/columns.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { ComparedMap, ComparisonData } from "./data.js"
 */

/** @param {ComparisonData} data @returns {Promise<Column>} the class of every image */
export const labelsOf = ({ models: [{ map }] }) => loadColumn(map.model, map.version, "label", "columns");

/** @param {ComparedMap} map @param {Pick<ComparisonData, "colour"|"legend">} data @returns {Promise<Cloud>} */
export async function cloudOf({ model, version, sampled, columns }, { colour, legend: { column } }) {
  const valued = colour.kind === "value" ? [colour.column] : [];
  const names = [sampled ? "image" : column, column, valued[0] ?? column, ...columns];
  const [image, labels, value, x, y] = await Promise.all(names.map((name) => loadColumn(model, version, name, "map-columns")));
  return cloud(labels.length, { x, y, label: labels, value: valued.length ? value : undefined, image: sampled ? image : undefined });
}

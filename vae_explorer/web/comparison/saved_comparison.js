/** All compared models as one picture: each a column, and everything that is compared level with each other. */

import { beside, legend, savedBlock, sheet, stacked, text, within } from "../pieces/blocks.js";
import { pixelSize, wholeScale } from "../pieces/cells.js";
import { countOf, loadPictures } from "../pieces/picture_source.js";
import { groupsOf } from "../plot/cloud.js";
import { margins } from "../plot/axes.js";
import { drawPoints, plotBlock } from "../plot/plot_block.js";
import { PointColours } from "../plot/point_colours.js";
import { bar } from "../plot/value_bar.js";
import { boundsOf, fit } from "../plot/view.js";
import { cloudOf } from "./points.js";

/**
 * @import { Block } from "../pieces/blocks.js"
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Source } from "../pieces/picture_source.js"
 * @import { Cloud } from "../plot/cloud.js"
 * @import { ComparedModel, ComparisonData, Figure, PictureRow } from "./data.js"
 */
/** @typedef {{model: ComparedModel, pictures: Block[], points: Cloud}} Loaded */

/** CSS pixels: of a picture, at least, and of a column. */
const PICTURE = 72;
const COLUMN = 400;
const [BETWEEN, GAP, PICTURE_GAP] = [32, 16, 1];
const IN_A_LINE = 3;
const [SMALL, LARGE, TITLE] = [12, 18, 16];

/** @param {PictureRow<Source>} row @param {Theme} theme @returns {Promise<Block>} under its caption; a sentence where the pictures are not here */
async function pictureRow({ image, columns, caption, source }, theme) {
  const pictures = await loadPictures(source, image);
  const layout = { image, n: countOf(source), columns, gap: PICTURE_GAP, scale: wholeScale(image, PICTURE) };
  const width = layout.scale * pixelSize({ ...layout, n: columns }).width;
  const shown = "error" in pictures ? text(pictures.error, width, theme) : sheet(pictures, layout);
  return stacked([text(caption, width, theme), shown], 4);
}

/** @param {ComparedModel} model @param {ComparisonData} data @param {Theme} theme @returns {Promise<Loaded>} */
async function loaded(model, data, theme) {
  const pictures = Promise.all(model.pictures.map((row) => pictureRow(row, theme)));
  return { model, pictures: await pictures, points: await cloudOf(model.map, data) };
}

/** @param {Figure[]} figures @param {number} width @param {Theme} theme @returns {Block} three in a line */
function figureBlock(figures, width, theme) {
  const room = width / IN_A_LINE;
  const blocks = figures.map(({ name, text: number, seeds }) => {
    const over = seeds ? [text(seeds, room - GAP, theme, { size: SMALL })] : [];
    return stacked([text(name, room - GAP, theme, { size: SMALL }), text(number, room - GAP, theme, { size: LARGE, weight: 600 }), ...over]);
  });
  const count = Math.ceil(blocks.length / IN_A_LINE);
  const lines = Array.from({ length: count }, (_, i) => blocks.slice(i * IN_A_LINE, (i + 1) * IN_A_LINE));
  return stacked(lines.map((line) => beside(line.map((block) => within(block, room, 0)))), 8);
}

/** @param {Loaded} loaded @param {ComparisonData} data @param {number} width @param {Theme} theme @returns {Block} */
function mapBlock({ model: { map }, points }, data, width, theme) {
  const { left, right } = margins(map.titles.length < 2);
  const side = width - left - right;
  const size = { width: side, height: side };
  const view = fit(map.extent, size);
  const groups = groupsOf(points, new Set(data.legend.hidden), null);
  const point = new PointColours();
  point.update(points, data, theme.dark);
  const coloured = { cloud: points, bounds: boundsOf(points.xs, points.ys), colours: point.colours, groups };
  const plot = plotBlock({ view, size, titles: map.titles, zeros: true }, [(pen) => drawPoints(pen, coloured, view, size)], theme);
  const { scale } = point;
  const ramp = scale && data.colour.kind === "value" ? [bar(data.colour.label, scale, theme)] : [];
  return stacked([plot, ...ramp, text(map.caption, width, theme, { size: SMALL })], 4);
}

/** @param {Loaded} loaded @param {ComparisonData} data @param {number} width @param {Theme} theme @returns {Block[]} what is compared, from the top */
function columnOf(loaded, data, width, theme) {
  const { model, pictures } = loaded;
  return [
    stacked([text(model.title, width, theme, { size: TITLE, weight: 600 }), text(model.built, width, theme)]),
    figureBlock(model.figures, width, theme),
    ...pictures,
    mapBlock(loaded, data, width, theme),
  ];
}

/** @param {Block[][]} columns of equally many blocks @param {number} width @returns {Block} every row of them level */
function table(columns, width) {
  const rows = columns[0].map((_, row) => beside(columns.map((column) => within(column[row], width, 0)), BETWEEN));
  return stacked(rows, GAP);
}

/** @param {Kind} kind @param {ComparisonData} data @param {Theme} theme @returns {Promise<Blob>} */
export async function savedComparison(kind, data, theme) {
  const { originals, models, colour, legend: categories, caption } = data;
  const first = await pictureRow(originals, theme);
  const found = await Promise.all(models.map((model) => loaded(model, data, theme)));
  const width = Math.max(COLUMN, ...found.flatMap(({ pictures }) => pictures.map((block) => block.width)));
  const columns = table(found.map((one) => columnOf(one, data, width, theme)), width);
  const { title, names, colours, hidden } = categories;
  const entries = names.map((name, id) => ({ name, colour: colours[id] })).filter((_, id) => !hidden.includes(id));
  const shown = colour.kind === "category" ? [legend(title, entries, columns.width, theme)] : [];
  const beneath = [...shown, text(caption, columns.width, theme)];
  return savedBlock(kind, stacked([first, columns, ...beneath], GAP), theme);
}

/** The map as a picture to take along: axes, points and names, with the legend and a caption beneath. */

import { measured, savedPicture } from "../pieces/saved_picture.js";
import { decimal } from "../pieces/ticks.js";
import { drawAxes, drawAxisTitles, margins } from "../plot/axes.js";
import { FADED, SHOWN } from "../plot/cloud.js";
import { diameter } from "../plot/scatter.js";
import { toScreen } from "../plot/view.js";

/**
 * @import { Kind } from "../pieces/save_menu.js"
 * @import { Pen } from "../pieces/svg_context.js"
 * @import { Theme } from "../pieces/theme.js"
 * @import { Place, Size } from "../plot/view.js"
 * @import { PointColours } from "./colours.js"
 * @import { NameLayer } from "./names.js"
 * @import { Seen } from "./painter.js"
 */
/**
 * @typedef {{size: Size, colours: PointColours, names: NameLayer}} Drawn what the map on the page is drawn with
 * @typedef {{name: string, colour: string}} Entry of the legend
 * @typedef {{title: string, legend: Entry[][], captions: string[], size: Size, below: number, wide: (text: string) => number, font: string}} Words
 *   below: where they begin, px from the top
 */

const EDGE = 12;
const LINE = 22;
const SWATCH = 10;
const GAP = 16;
const FONT_PX = 14;
/** Points are drawn in so many rounds of all colours, so that no colour lies on top of all others. */
const ROUNDS = 16;
const GROUPS = [{ group: FADED, opacity: 0.15 }, { group: SHOWN, opacity: 1 }];
const STOPS = [0, 0.25, 0.5, 0.75, 1];

/** @param {number} colour as the points have it, 0xbbggrr @returns {string} */
const hex = (colour) => `#${[0, 8, 16].map((shift) => ((colour >> shift) & 255).toString(16).padStart(2, "0")).join("")}`;

/** @param {Seen} seen @param {Drawn} drawn @returns {Entry[]} the visible categories, or values along the ramp */
function entries({ data: { colour, legend }, filter }, { colours: { scale } }) {
  if (!scale || colour.kind !== "value") {
    return legend.names.map((name, id) => ({ name, colour: legend.colours[id] })).filter((_, id) => !filter.hidden.has(id));
  }
  const { range: { low, high }, ramp } = scale;
  return STOPS.map((share) => ({ name: decimal(low + share * (high - low)), colour: hex(ramp[Math.round(share * (ramp.length - 1))]) }));
}

/**
 * @template Part @param {Part[]} parts @param {(part: Part) => number} width @param {number} room
 * @returns {Part[][]} in lines that keep to the room
 */
export function lines(parts, width, room) {
  /** @type {Part[][]} */
  const found = [];
  let left = 0;
  for (const part of parts) {
    const wide = width(part);
    if (wide > left || !found.length) [left] = [room, found.push([])];
    found[found.length - 1].push(part);
    left -= wide;
  }
  return found;
}

/** @param {Place} at @param {Size} size @returns {boolean} */
const inside = ([x, y], { width, height }) => x >= 0 && x <= width && y >= 0 && y <= height;

/**
 * @param {Seen} seen @param {Drawn} drawn @param {number} group @param {number} round
 * @returns {Map<number, Place[]>} where the points of a group lie that this round draws, by colour
 */
function placesOf({ scene: { cloud }, view, filter: { groups } }, { size, colours: { colours } }, group, round) {
  /** @type {Map<number, Place[]>} */
  const found = new Map();
  const end = Math.floor(((round + 1) * cloud.n) / ROUNDS);
  for (let k = Math.floor((round * cloud.n) / ROUNDS); k < end; k++) {
    const at = toScreen(view, size, [cloud.xs[k], cloud.ys[k]]);
    if (groups[k] !== group || !inside(at, size)) continue;
    const places = found.get(colours[k]) ?? [];
    found.set(colours[k], places);
    places.push(at);
  }
  return found;
}

/** @param {Pen} pen @param {Seen} seen @param {Drawn} drawn */
function drawPoints(pen, seen, drawn) {
  const { scene: { cloud, bounds }, view } = seen;
  pen.lineCap = "round";
  pen.lineWidth = diameter(cloud.n, bounds, view.scale);
  for (const { group, opacity } of GROUPS) {
    pen.globalAlpha = opacity;
    for (let round = 0; round < ROUNDS; round++) {
      for (const [colour, places] of placesOf(seen, drawn, group, round)) dots(pen, hex(colour), places);
    }
  }
  pen.globalAlpha = 1;
}

/** A canvas draws no line of no length. @param {Pen} pen @param {string} colour @param {Place[]} places */
function dots(pen, colour, places) {
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const [x, y] of places) {
    pen.moveTo(x, y);
    pen.lineTo(x + 0.01, y);
  }
  pen.stroke();
}

/** @param {Seen} seen @param {Drawn} drawn @param {Theme} theme @returns {Words} the legend and the caption in lines, and their room */
function wordsOf(seen, drawn, theme) {
  const { data } = seen;
  const { left, right, top, bottom } = margins(data.axes.length < 2);
  const width = Math.ceil(left + drawn.size.width + right);
  const font = `${FONT_PX}px ${theme.font}`;
  /** @param {string} text */
  const wide = (text) => measured(text, font).width;
  const legend = lines(entries(seen, drawn), ({ name }) => SWATCH + 6 + wide(name) + GAP, width - 2 * EDGE);
  const captions = lines(data.caption.split(" "), (word) => wide(`${word} `), width - 2 * EDGE).map((words) => words.join(" "));
  const title = data.colour.kind === "value" ? data.colour.label : data.legend.title;
  const below = top + drawn.size.height + bottom + GAP;
  const height = Math.ceil(below + LINE * ((legend.length ? 1 : 0) + legend.length + captions.length) + EDGE);
  return { title, legend, captions, size: { width, height }, below, wide, font };
}

/** @param {Pen} pen @param {Seen} seen @param {Drawn} drawn @param {Theme} theme */
function drawMap(pen, seen, drawn, theme) {
  const { data, view, scene: { cloud }, filter, values } = seen;
  const { size } = drawn;
  const flat = data.axes.length < 2;
  drawAxes(pen, { view, size, flat, zeros: data.plane.kind !== "map" }, theme, 1);
  drawAxisTitles(pen, size, data.axes.map(({ label }) => label), theme);
  const { left, top } = margins(flat);
  pen.save();
  pen.translate(left, top);
  drawPoints(pen, seen, drawn);
  const points = { cloud, groups: filter.groups, hidden: filter.hidden, legend: data.legend };
  if (values.names === "on" && !flat) drawn.names.draw(pen, points, { view, size }, theme);
  pen.restore();
}

/** @param {Kind} kind @param {Seen} seen @param {Drawn} drawn @param {Theme} theme @returns {Promise<Blob>} */
export function savedMap(kind, seen, drawn, theme) {
  const words = wordsOf(seen, drawn, theme);
  return savedPicture(kind, words.size, (pen) => {
    pen.fillStyle = theme.background;
    pen.fillRect(0, 0, words.size.width, words.size.height);
    drawMap(pen, seen, drawn, theme);
    drawWords(pen, words, theme);
  });
}

/** @param {Pen} pen @param {Words} words @param {Theme} theme */
function drawWords(pen, { title, legend, captions, below, wide, font }, theme) {
  Object.assign(pen, { font, textAlign: "left", textBaseline: "middle", fillStyle: theme.text });
  let y = below;
  if (legend.length) pen.fillText(title, EDGE, y);
  for (const line of legend) {
    y += LINE;
    let x = EDGE;
    for (const { name, colour } of line) {
      pen.fillStyle = colour;
      pen.fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
      pen.fillStyle = theme.text;
      pen.fillText(name, x + SWATCH + 6, y);
      x += SWATCH + 6 + wide(name) + GAP;
    }
  }
  if (legend.length) y += LINE;
  captions.forEach((line, i) => pen.fillText(line, EDGE, y + i * LINE));
}

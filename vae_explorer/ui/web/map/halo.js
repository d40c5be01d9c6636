/** How far a place lies from the data, for the eye: a ring that is solid on data and faint where the map is empty. */

import { toScreen } from "./view.js";

const FAR = 3;
const FAINTEST = 0.15;
const RADIUS = 15;
const APART_PX = 8;
/** A soft ring: [width, CSS px, opacity], the widest first. */
const GLOW = [[13, 0.15], [8, 0.3], [3, 1]];

/**
 * @param {number} distance to the data; 1 is as lonely as the loneliest 5 % of the images
 * @returns {number} opacity: 1 up to there, then falling linearly to 0.15 at three times as far
 */
export const halo = (distance) => Math.max(FAINTEST, Math.min(1, 1 - ((1 - FAINTEST) * (distance - 1)) / (FAR - 1)));

/**
 * Where the decoded picture lands once it is encoded again, as a line to be drawn.
 * @param {[number, number]} from @param {[number, number]} to CSS px @param {import("./view.js").Size} size
 * @returns {boolean} whether it is to be seen, and apart from where it came from
 */
export function lands([ax, ay], [bx, by], { width, height }) {
  return bx >= 0 && by >= 0 && bx <= width && by <= height && Math.hypot(bx - ax, by - ay) >= APART_PX;
}

/** A line that is read over points of any colour. */
function line(context, theme) {
  for (const [colour, width, alpha] of [[theme.background, 3.5, 0.7], [theme.text, 1.2, 0.9]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.stroke();
  }
}

function drawLanding(context, [ax, ay], [bx, by], theme) {
  const far = Math.hypot(bx - ax, by - ay);
  const short = (far - 3.5) / far;
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(ax + (bx - ax) * short, ay + (by - ay) * short);
  context.moveTo(bx + 3.5, by);
  context.arc(bx, by, 3.5, 0, 2 * Math.PI);
  line(context, theme);
}

/**
 * @param {CanvasRenderingContext2D} context its origin at the plot's top left, in CSS px
 * @param {{at: [number, number], told: import("./reading.js").Told, view: object, size: object}} scene
 *   at: what the ring goes around, CSS px
 */
export function drawHalo(context, { at, told, view, size }, theme) {
  const [from, to] = [told.place, told.landing].map((place) => toScreen(view, size, place));
  context.setLineDash([]);
  if (lands(from, to, size)) drawLanding(context, from, to, theme);
  context.strokeStyle = theme.primary;
  for (const [width, share] of GLOW) {
    context.beginPath();
    context.arc(at[0], at[1], RADIUS, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.globalAlpha = share * halo(told.distance);
    context.stroke();
  }
}

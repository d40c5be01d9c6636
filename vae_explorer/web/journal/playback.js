/**
 * Where the time machine is among the snapshots, and what moves it there. Pure: each transition makes another state.
 *
 * - following: on the newest snapshot, or gliding to it; glides on to each that comes
 * - resting: on a snapshot that was chosen, or gliding to it
 * - playing: on its way through all that are left
 * - dragged: under the hand; nothing else moves it
 *
 * @typedef {"following"|"resting"|"playing"|"dragged"} Mode
 * @typedef {{mode: Mode, place: number, target: number|null}} Playback
 *   the place now, and the one it is on its way to; no target when nothing moves it
 */

import { clamped, placeOf, stepAt } from "./timeline.js";

/** Nearer to the last snapshot than this, playing begins anew. */
const AT_END = 0.01;

/** @type {Playback} a run of which no snapshot is known yet */
export const UNKNOWN = { mode: "following", place: 0, target: null };

/**
 * Its first snapshots have come: the newest is shown at once, or the place of a step that lies before it.
 * @param {number|null} step of training @param {number[]} steps ascending @returns {Playback}
 */
export function opened(step, steps) {
  const last = steps.length - 1;
  const place = step === null ? last : placeOf(steps, step);
  return { mode: place < last ? "resting" : "following", place, target: null };
}

/** @param {Playback} playback @param {number} place on the way @returns {Playback} */
export const moved = (playback, place) => ({ ...playback, place });

/**
 * What it was on its way to is reached; played to the end, it follows the run again.
 * @param {Playback} playback @param {number} place @param {number} count of snapshots @returns {Playback}
 */
export function arrived({ mode }, place, count) {
  return mode === "playing" ? followed({ mode, place, target: null }, count) : { mode, place, target: null };
}

/** @param {Playback} playback @param {number} place under the hand @returns {Playback} */
export const dragged = (playback, place) => ({ mode: "dragged", place, target: null });

/** Left where it is. @param {Playback} playback @returns {Playback} */
export const rested = ({ place }) => ({ mode: "resting", place, target: null });

/**
 * On to a snapshot; the last one is that of the run itself, which is followed from there.
 * @param {Playback} playback @param {number} target @param {number} count of snapshots @returns {Playback}
 */
export function sent({ place }, target, count) {
  return { mode: target === count - 1 ? "following" : "resting", place, target: target === place ? null : target };
}

/** The hand lets go: to the nearest snapshot. @param {Playback} playback @param {number} count of snapshots @returns {Playback} */
export const dropped = (playback, count) => sent(playback, Math.round(playback.place), count);

/**
 * From where it is, or from where it is going.
 * @param {Playback} playback @param {number} by snapshots, forward or back @param {number} count of snapshots @returns {Playback}
 */
export function stepped(playback, by, count) {
  const from = playback.target ?? playback.place;
  return sent(playback, clamped((by > 0 ? Math.floor(from) : Math.ceil(from)) + by, count), count);
}

/** @param {Playback} playback @param {number} count of snapshots @returns {Playback} */
export function followed({ place }, count) {
  const target = clamped(count - 1, count);
  return { mode: "following", place, target: target === place ? null : target };
}

/** From where it is, or at the end from the start. @param {Playback} playback @param {number} count of snapshots @returns {Playback} */
export function played(playback, count) {
  const last = count - 1;
  if (last < 1) return playback;
  return { mode: "playing", place: playback.place > last - AT_END ? 0 : playback.place, target: last };
}

/**
 * The snapshots are others: the step that is shown stays under the eye, and what follows goes on to the newest.
 * @param {Playback} playback @param {number[]} before steps until now @param {number[]} steps ascending @returns {Playback}
 */
export function relisted(playback, before, steps) {
  const last = steps.length - 1;
  /** @param {number} place */
  const there = (place) => placeOf(steps, stepAt(before, place));
  const place = there(playback.place);
  if (playback.mode === "dragged") return playback;
  if (playback.mode === "playing") return { ...playback, place };
  const target = playback.mode === "following" ? last : there(playback.target ?? playback.place);
  return { ...playback, place, target: target === place ? null : target };
}

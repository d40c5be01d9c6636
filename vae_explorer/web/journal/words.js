/** What the time machine says. */

import { minus } from "../pieces/ticks.js";

const GROUPED = new Intl.NumberFormat("en-US");
/** @param {number} number */
const whole = (number) => GROUPED.format(number);
/** @param {number|null} number */
const nats = (number) => (number === null ? "unknown" : minus(number.toFixed(1)));

/** @param {number} seconds of training @returns {string} */
export function lasting(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} min`;
}

/**
 * @param {import("./snapshot.js").Snapshot} shown @param {{n: number, epochs: number}} run
 * @returns {{when: string, cost: string}} where in training a snapshot lies, and what it costs
 */
export function caption({ step, epoch, seconds, nll, rate, beta, kl }, { n, epochs }) {
  const when = `step ${whole(step)} · epoch ${epoch.toFixed(1)} of ${whole(epochs)} · ${lasting(seconds)} of training`;
  const share = rate === null ? "" : ` + rate ${nats(rate)}`;
  const weight = kl === null && rate === null ? "" : ` · β ${Number(beta.toPrecision(4))}`;
  return { when, cost: `nll ${nats(nll)}${share} nats per image (${whole(n)} test images)${weight}` };
}

/**
 * @param {number} maps @param {number} snapshots @param {number} shown @param {number} points
 * @returns {string} what the UMAP over time is made of
 */
export function alignedNote(maps, snapshots, shown, points) {
  const some = maps < snapshots ? `${whole(maps)} of ${whole(snapshots)}` : `all ${whole(snapshots)}`;
  const between = maps < snapshots ? "; between them points are interpolated" : "";
  const images = shown < points ? `${whole(shown)} of ${whole(points)}` : whole(points);
  return `UMAP of ${some} snapshots, aligned${between} · ${images} test images · distances have no unit`;
}

/** @param {number} step @param {number} epoch @returns {string} what a screen reader says of the scrubber */
export const spoken = (step, epoch) => `step ${whole(step)}, epoch ${epoch.toFixed(1)}`;

/** @param {string} unit in words @param {number} kl nats @returns {string} */
export const unitText = (unit, kl) => `${unit}: ${kl.toFixed(2)} nats`;

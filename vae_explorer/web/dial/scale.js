/** β on a slider: equal ways are equal ratios, and where it rests is a stop. */

/** @param {number[]} stops rising @param {number} beta @returns {number} 0 at the first stop, 1 at the last */
export const shareOf = (stops, beta) => Math.log(beta / stops[0]) / Math.log(stops[stops.length - 1] / stops[0]);

/** @param {number[]} stops rising @param {number} share @returns {number} */
export const betaAt = (stops, share) => stops[0] * (stops[stops.length - 1] / stops[0]) ** share;

/** @param {number[]} stops rising @param {number} beta @returns {number} the place of the nearest, by ratio */
export function nearestStop(stops, beta) {
  const away = stops.map((stop) => Math.abs(Math.log(stop / beta)));
  return away.indexOf(Math.min(...away));
}

/** @param {number[]} stops @returns {number[]} those that are marked: powers of two, and both ends */
export const marked = (stops) => stops.filter((stop, i) => i === 0 || i === stops.length - 1 || Number.isInteger(Math.log2(stop)));

/** @param {number} beta @returns {string} as it is read: three digits at most */
export const written = (beta) => String(Number(beta.toPrecision(3)));

/** How large the pictures of a path are: pure arithmetic, in CSS pixels. */

/** Beneath the picture at t: the slider and its readout, the gaps, and the line that says what went wrong. */
const CONTROLS = 130;
/** Beside the picture at t, its slider reaches as far as this. */
const SLIDER = 260;
/** Around the two pictures of an end: its name, their captions, the gaps. */
const CAPTIONS = 102;
const BETWEEN = 32;
const SIDE_BY_SIDE = 620;
/** A picture on a narrow screen is at most as large. */
const STACKED = 360;

/**
 * The picture at t takes the height there is, and the two of each end are as high as it and its slider together;
 * where the width does not hold them side by side, the ends stand beneath it.
 *
 * @param {import("../pieces/room.js").Size} room without the film
 * @param {number} sight height of the window
 * @returns {{picture: number, end: number, stacked: boolean}} sides of the picture at t and of those of an end
 */
export function sides({ width, height }, sight) {
  const seen = Math.max(160, Math.min(width, STACKED, sight - CONTROLS));
  if (width < SIDE_BY_SIDE) return { picture: seen, end: Math.min(160, (width - BETWEEN) / 2), stacked: true };
  const picture = Math.max(160, height - CONTROLS);
  const end = (picture + CONTROLS - 54 - CAPTIONS) / 2;
  const shrunk = Math.min(1, (width - 2 * BETWEEN) / (Math.max(picture, SLIDER) + 2 * end));
  return { picture: Math.floor(shrunk * picture), end: Math.floor(shrunk * end), stacked: false };
}

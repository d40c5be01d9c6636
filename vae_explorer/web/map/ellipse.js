/** The ellipse one standard deviation around a mean. */

/**
 * @param {[number, number, number]} covariance var(x), cov(x, y), var(y)
 * @returns {{long: number, short: number, angle: number}} half axes, data units; angle of the long one, radians, counter-clockwise
 */
export function ellipse([xx, xy, yy]) {
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return {
    long: Math.sqrt(middle + spread),
    short: Math.sqrt(Math.max(0, middle - spread)),
    angle: Math.atan2(2 * xy, xx - yy) / 2,
  };
}

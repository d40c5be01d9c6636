/** Round numbers along an axis. */

/** @typedef {{value: number, label: string}} Tick */

/** @param {number} rough @returns {number} the nearest of 1, 2, 5 times a power of ten that is not below it. */
export function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * ([1, 2, 5].find((nice) => lead <= nice * (1 + 1e-9)) ?? 10);
}

/**
 * @param {number} from @param {number} to
 * @param {number} step from niceStep
 * @returns {Tick[]} with a true minus sign and no more decimals than the step needs
 */
export function ticks(from, to, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.min(1000, Math.floor(to / step + 1e-9) - first + 1));
  return Array.from({ length: count }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: Math.abs(value) < step / 2 ? "0" : minus(value.toFixed(Math.min(decimals, 12))) };
  });
}

/** @param {string} text @returns {string} the same number with a minus sign as wide as a digit. */
export const minus = (text) => text.replace("-", "−");

/** @param {number} value @returns {string} two decimals, a true minus sign, never a minus zero */
export const decimal = (value) => minus(value.toFixed(2)).replace("−0.00", "0.00");

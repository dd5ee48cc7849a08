/** When a difference is an alarm. */

/** Family-wise: with no drift at all, at most this share of windows has any alarm. */
export const ALPHA = 0.05;

/**
 * Least effect of an alarm, for both measures: the thresholds that Evidently 0.7 has for "Wasserstein distance (normed)" and "Jensen-Shannon
 * distance" (`default_threshold` in evidently/legacy/calculations/stattests).
 */
export const MIN_EFFECT = 0.1;

/** Least number of values on either side: below it the verdict is `too few`. */
export const MIN_ROWS = 50;

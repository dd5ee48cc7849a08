/** What a feature's slider spans: the observed range, marked, and some way beyond it. */
import type { NumericFeature } from '../../lib/api/types.ts';
import { decimalsOf, stepOf } from './sample-values.ts';

/** Share of the observed range that the slider goes beyond it at each end; the field beside it takes every plausible value. */
const BEYOND = 0.2;
const PERCENT = 100;

/** The slider's ends, in the feature's unit, and where on it the observed range lies, in percent. */
export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly observedFrom: number;
  readonly observedTo: number;
}

/** The slider of a feature; its ends are plausible and on its steps. */
export function sliderRange(feature: NumericFeature): SliderRange {
  const { observed, plausible } = feature;
  const step = stepOf(feature);
  const round = (steps: number) => Number((steps * step).toFixed(decimalsOf(step)));
  const beyond = Math.max(step, (observed.max - observed.min) * BEYOND);
  const min = Math.max(plausible.min, round(Math.floor((observed.min - beyond) / step)));
  const max = Math.min(plausible.max, round(Math.ceil((observed.max + beyond) / step)));
  const position = (value: number) => (max > min ? ((value - min) / (max - min)) * PERCENT : 0);
  return { min, max, observedFrom: position(observed.min), observedTo: position(observed.max) };
}

/** The values of the form: what it starts with, its steps, and the sample that it sends. */
import { isValueOf } from '@iris/dataset/feature-value';
import type { DatasetSchema, Feature, FeatureValue, Instance, NumericFeature } from '../../lib/api/types.ts';

/** Steps that an observed range is divided into at least. */
const STEPS = 20;

/** Value by feature name; a field that holds no number yet holds its text, one whose value is unknown null. */
export type SampleValues = Readonly<Record<string, FeatureValue>>;

/** The middle of each observed range and the first of each feature's levels. */
export function startValues(schema: DatasetSchema): SampleValues {
  return Object.fromEntries(schema.features.map((feature) => [feature.name, startValue(feature)]));
}

/** What the form shows: what was typed wherever the feature can hold it, else what the form starts with. */
export function shownValues(schema: DatasetSchema, typed: SampleValues): SampleValues {
  const start = startValues(schema);
  const kept = schema.features.filter((feature) => canHold(feature, typed[feature.name]));
  return { ...start, ...Object.fromEntries(kept.map(({ name }) => [name, typed[name]!])) };
}

/** A power of ten that divides the observed range finely enough; 1 for a count, and for what looks like one. */
export function stepOf({ unit, observed: { min, max } }: NumericFeature): number {
  if (unit === '1' || (unit === undefined && mayBeCount(min, max))) return 1;
  return max > min ? 10 ** Math.floor(Math.log10((max - min) / STEPS)) : 1;
}

/** Shares go from 0 to 1 too. */
function mayBeCount(min: number, max: number): boolean {
  return Number.isInteger(min) && Number.isInteger(max) && max - min > 1;
}

/** Digits after the decimal point that a step needs. */
export function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step)));
}

/** The nearest value on the steps of a feature that is plausible. */
export function snap(feature: NumericFeature, value: number): number {
  const step = stepOf(feature);
  const { min, max } = feature.plausible;
  return Math.min(max, Math.max(min, Number((Math.round(value / step) * step).toFixed(decimalsOf(step)))));
}

/** The sample that the values are, or undefined while one of them is not a plausible value. */
export function toInstance(schema: DatasetSchema, values: SampleValues): Instance | undefined {
  const complete = schema.features.every((feature) => isValueOf(feature, values[feature.name]));
  return complete ? Object.fromEntries(schema.features.map(({ name }) => [name, values[name]!])) : undefined;
}

function startValue(feature: Feature): FeatureValue {
  if (feature.kind === 'categorical') return feature.levels[0] ?? '';
  if (feature.kind === 'date') return feature.observed.max;
  return snap(feature, (feature.observed.min + feature.observed.max) / 2);
}

/** A number field may hold a number that is not finished, such as `-` or nothing; another dataset's level is no such thing. */
function canHold(feature: Feature, value: FeatureValue | undefined): boolean {
  if (feature.kind !== 'numeric' || value === null) return isValueOf(feature, value);
  return typeof value === 'number' || (typeof value === 'string' && /^-?[\d.,]*$/.test(value));
}

/** Which feedback a model may learn from: each row by itself, and against the trusted rows. */
import {
  type Dataset,
  dayOf,
  type Feature,
  type FeatureValue,
  isValueOf,
  MAX_MAGNITUDE,
  type Sample,
  samplesOf,
} from '@iris/dataset';
import type { JudgedPrediction } from '@iris/prediction-log';

/**
 * Why a row is left out. `known already`: the trusted rows have it, or other feedback has, and a row counts once. `contradictory`: they have the same
 * features with another label. `changed`: its source said something else of it before.
 */
export const REASONS = [
  'other features',
  'unknown label',
  'unusable value',
  'far out of range',
  'changed',
  'contradictory',
  'known already',
  'beyond the share of its source',
  'beyond the share of all feedback',
] as const;
export type Reason = (typeof REASONS)[number];

/** A row that a model may learn from. */
export interface FeedbackRow {
  readonly sample: Sample;
  /** Class index. */
  readonly label: number;
  /** Of its features alone: equal features have equal ones. */
  readonly key: string;
  readonly source: string | null;
  readonly createdAt: Date;
}

/** How far beyond the trusted rows a value may lie: a share of the width of their range. Customers change; a customer of twice every age is none. */
export const RANGE_MARGIN = 0.25;

/**
 * Makes the check of one row.
 *
 * @param base the trusted rows.
 * @returns the row, or why it is left out.
 */
export function createRowCheck(base: Dataset): (judged: JudgedPrediction) => FeedbackRow | Reason {
  const { schema, labels } = base;
  const trusted = new Map<string, Set<number>>();
  samplesOf(base).forEach((sample, index) => {
    const key = keyOf(sample);
    trusted.set(key, (trusted.get(key) ?? new Set()).add(labels[index]!));
  });
  return function check({ features, feedback, changed, source, createdAt }) {
    const sample = features && readSample(schema.features, features);
    if (!sample) return 'other features';
    const label = schema.classes.indexOf(feedback);
    if (label < 0) return 'unknown label';
    if (!sample.every((value, index) => isUsable(schema.features[index]!, value))) return 'unusable value';
    if (!sample.every((value, index) => isWithin(schema.features[index]!, value))) return 'far out of range';
    if (changed) return 'changed';
    const key = keyOf(sample);
    const known = trusted.get(key);
    if (known) return known.has(label) ? 'known already' : 'contradictory';
    return { sample, label, key, source, createdAt };
  };
}

function keyOf(sample: Sample): string {
  return JSON.stringify(sample);
}

/** Undefined unless it has just the features of the dataset: a log may hold rows of another one with the same target. */
function readSample(features: readonly Feature[], record: Readonly<Record<string, FeatureValue>>): Sample | undefined {
  if (Object.keys(record).length !== features.length) return undefined;
  return features.every(({ name }) => Object.hasOwn(record, name)) ? features.map(({ name }) => record[name]!) : undefined;
}

function isUsable(feature: Feature, value: unknown): boolean {
  if (feature.kind !== 'numeric' || value === null) return isValueOf(feature, value);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= MAX_MAGNITUDE;
}

function isWithin(feature: Feature, value: FeatureValue): boolean {
  if (feature.kind === 'categorical' || value === null) return true;
  const asNumber = (given: FeatureValue) => (typeof given === 'string' ? dayOf(given) : Number(given));
  const [min, max] = [asNumber(feature.observed.min), asNumber(feature.observed.max)];
  const margin = RANGE_MARGIN * (max - min);
  return asNumber(value) >= min - margin && asNumber(value) <= max + margin;
}

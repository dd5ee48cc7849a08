/** Tells when a sample lies outside what the model was trained on. */
import type { DatasetSchema, Sample } from './schema.ts';

/**
 * Finds numbers and days outside their observed range.
 *
 * @returns one sentence per such value, in feature order; a shared empty array when there is none.
 */
export function extrapolationWarnings(schema: DatasetSchema, sample: Sample): readonly string[] {
  let warnings: string[] | undefined;
  for (let index = 0; index < schema.features.length; index++) {
    const feature = schema.features[index]!;
    const value = sample[index]!;
    // Days as `yyyy-mm-dd` stand in the order of time.
    if (feature.kind === 'categorical' || value === null) continue;
    const { min, max } = feature.observed;
    if (value >= min && value <= max) continue;
    warnings ??= [];
    warnings.push(`${feature.name} = ${value} is outside the observed range ${min} to ${max}`);
  }
  return warnings ?? NO_WARNINGS;
}

const NO_WARNINGS: readonly string[] = Object.freeze([]);

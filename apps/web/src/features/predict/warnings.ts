/** The warnings of an answer, as the client can say them in the reader's language. */
import type { DatasetSchema, Instance, NumericFeature } from '../../lib/api/types.ts';

/** A value outside the range that the model was trained on. */
interface Extrapolation {
  readonly feature: NumericFeature;
  readonly value: number;
}

/** What to tell; `others` are the API's own sentences, where it warns of more than the client knows of. */
export interface Warnings {
  readonly extrapolations: readonly Extrapolation[];
  readonly others: readonly string[];
}

/**
 * Says which warnings belong to an answer.
 *
 * The API warns of each numeric value outside its observed range, in English. The schema tells the same by numbers; only where the API
 * warns of something else do its sentences stand.
 */
export function warningsOf(schema: DatasetSchema, instance: Instance, warnings: readonly string[] = []): Warnings {
  const extrapolations = schema.features.flatMap((feature) => {
    const value = instance[feature.name];
    if (feature.kind !== 'numeric' || typeof value !== 'number') return [];
    return value < feature.observed.min || value > feature.observed.max ? [{ feature, value }] : [];
  });
  const known = extrapolations.length === warnings.length;
  return known ? { extrapolations, others: [] } : { extrapolations: [], others: warnings };
}

/** The reference samples as points of the plot and rows of the table; never more than either can show. */
import type { DatasetSchema, ReferenceSamples, Sample } from '../../../lib/api/types.ts';
import type { SampleValues } from '../sample-values.ts';

/** A sample, and the class that it is of. */
export interface Point {
  readonly values: SampleValues;
  readonly label: string;
  readonly classIndex: number;
}

/** At most so many samples, evenly spaced over all. */
export function pickPoints(schema: DatasetSchema, { features, samples, labels }: ReferenceSamples, limit: number): Point[] {
  const count = Math.min(limit, samples.length);
  return Array.from({ length: count }, (_, position) => {
    const row = Math.floor((position * samples.length) / count);
    const label = labels[row] ?? '';
    return { values: byName(features, samples[row]!), label, classIndex: schema.classes.indexOf(label) };
  });
}

function byName(features: readonly string[], sample: Sample): SampleValues {
  return Object.fromEntries(features.map((name, at) => [name, sample[at]!]));
}

/** A sample as a person would write it into a question. */
import type { DatasetSchema, Sample } from '../../lib/api/types.ts';

/** Values alone where all are numbers, in the order of the schema; with their names where levels would be a riddle. */
export function describeSample({ features }: DatasetSchema, sample: Sample, number: (value: number) => string): string {
  const values = sample.map((value) => (typeof value === 'number' ? number(value) : value));
  if (features.every(({ kind }) => kind === 'numeric')) return values.join(' ');
  return features.map(({ name }, index) => `${name} ${values[index]}`).join(', ');
}

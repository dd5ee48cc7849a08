/** Examples to start from: of each class, the reference sample that is most like its class. */
import type { DatasetSchema, FeatureValue, ReferenceSamples, Sample } from '../../lib/api/types.ts';
import type { SampleValues } from './sample-values.ts';

/** A real sample of a class. */
export interface Example {
  readonly classIndex: number;
  readonly label: string;
  readonly values: SampleValues;
}

/** One example for each class that has a sample, in the order of the classes. */
export function typicalExamples(schema: DatasetSchema, { features, samples, labels }: ReferenceSamples): Example[] {
  return schema.classes.flatMap((label, classIndex) => {
    const own = samples.filter((_, row) => labels[row] === label);
    const typical = mostTypical(schema, features, own);
    return typical ? [{ classIndex, label, values: Object.fromEntries(features.map((name, at) => [name, typical[at]!])) }] : [];
  });
}

/** The sample nearest to the middle of all: numbers by their share of the observed range, levels by being the most frequent. */
function mostTypical(schema: DatasetSchema, names: readonly string[], samples: readonly Sample[]): Sample | undefined {
  const distances = new Float64Array(samples.length);
  for (const feature of schema.features) {
    const column = samples.map((sample) => sample[names.indexOf(feature.name)] ?? '');
    const width = feature.kind === 'numeric' ? feature.observed.max - feature.observed.min || 1 : 1;
    const middle = feature.kind === 'numeric' ? mean(column) : mostFrequent(column);
    column.forEach((value, row) => {
      distances[row]! += typeof middle === 'number' ? ((Number(value) - middle) / width) ** 2 : Number(value !== middle);
    });
  }
  return samples[distances.indexOf(Math.min(...distances))];
}

function mean(column: readonly FeatureValue[]): number {
  return column.reduce<number>((sum, value) => sum + Number(value), 0) / column.length;
}

function mostFrequent(column: readonly FeatureValue[]): string {
  const counts = new Map<string, number>();
  for (const value of column) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

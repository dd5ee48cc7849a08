/**
 * What a model says on average as one feature changes and the others stay as they are: partial dependence (Friedman, Greedy function approximation: a
 * gradient boosting machine, 2001).
 */
import { createEncoder, type DatasetSchema, type Feature, type FeatureValue, type Sample } from '@iris/dataset';
import { type Model, parseModel } from '@iris/model';

/** Values of a number that are tried: its smallest, its largest, and quantiles between. */
const MAX_POINTS = 12;
/** Rows that the mean is taken over. */
const MAX_ROWS = 100;

/** A value of the feature, and the mean probability of each class over the rows. */
export interface DependencePoint {
  readonly value: FeatureValue;
  readonly probabilities: readonly number[];
}

/**
 * Follows one feature.
 *
 * @param samples rows of the training data, in the schema's order; evenly spaced ones are taken where there are many.
 * @param feature its index.
 * @returns in the order of the values; of a category its levels, of a number or date up to twelve values that occur.
 */
export function partialDependence(
  {
    schema,
    parameters,
    samples,
  }: { readonly schema: DatasetSchema; readonly parameters: unknown; readonly samples: readonly Sample[] },
  feature: number,
): DependencePoint[] {
  const model = parseModel(parameters);
  const encoder = createEncoder(schema);
  const rows = spread(samples, MAX_ROWS);
  const matrix = new Float64Array(rows.length * encoder.size);
  return valuesOf(schema.features[feature]!, samples, feature).map((value) => {
    rows.forEach((sample, row) => {
      encoder.encode(sample.with(feature, value), matrix, row * encoder.size);
    });
    return { value, probabilities: meanProbabilities(model, matrix, rows.length) };
  });
}

function valuesOf(feature: Feature, samples: readonly Sample[], index: number): FeatureValue[] {
  if (feature.kind === 'categorical') return feature.levels.slice(0, MAX_POINTS);
  const present = samples.flatMap((sample) => sample[index] ?? []) as (number | string)[];
  const sorted = [...new Set(present)].sort((a, b) => (a < b ? -1 : 1));
  return spread(sorted, MAX_POINTS - 1).concat(sorted.length >= MAX_POINTS ? sorted.slice(-1) : []);
}

function spread<Item>(items: readonly Item[], max: number): Item[] {
  const count = Math.min(items.length, max);
  return Array.from({ length: count }, (_, position) => items[Math.floor((position * items.length) / count)]!);
}

function meanProbabilities(model: Model, matrix: Float64Array, count: number): number[] {
  const { classProbabilities } = model.predictBatch(matrix, count);
  const sums = new Array<number>(model.classCount).fill(0);
  classProbabilities.forEach((probability, at) => {
    sums[at % model.classCount]! += probability;
  });
  return sums.map((sum) => sum / count);
}

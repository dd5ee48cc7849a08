/**
 * How much worse a model gets when it is told a feature of other rows: permutation importance (Breiman, 2001), measured on rows that the model has not seen.
 */
import { selectRows } from '@iris/dataset';
import { type Model, parseModel } from '@iris/model';
import { mean, scoreSamples } from './metrics.ts';
import { createRandom, type Random, shuffle } from './random.ts';
import { rowMajor, type TrainingRows } from './rows.ts';

/** Rows are drawn beyond this number: their share of the error is small beside that of the permutation. */
const MAX_ROWS = 2000;

/** What is measured. */
export interface ImportanceRequest {
  /** Of a model. */
  readonly parameters: unknown;
  /** Rows that the model has not seen. */
  readonly rows: TrainingRows;
  /** Index of the feature that each column comes from: all columns of a feature are permuted together. */
  readonly columnFeatures: readonly number[];
  readonly seed: number;
  readonly repeats: number;
}

/**
 * Measures every feature.
 *
 * @returns for each repeat, by feature: the rise of the mean log-loss; near 0, or below, for a feature that the model does not need.
 */
export function permutationImportance({ parameters, rows, columnFeatures, seed, repeats }: ImportanceRequest): number[][] {
  const random = createRandom(seed);
  const model = parseModel(parameters);
  const drawn = rows.labels.length > MAX_ROWS ? selectRows(rows, draw(rows.labels.length, random)) : rows;
  const usual = logLossOf(model, drawn);
  const featureCount = Math.max(...columnFeatures) + 1;
  return Array.from({ length: repeats }, () =>
    Array.from({ length: featureCount }, (_, feature) => {
      const order = shuffle(Array.from(drawn.labels.keys()), random);
      const columns = drawn.columns.map((column, index) =>
        columnFeatures[index] === feature ? permuted(column, order) : column,
      );
      return logLossOf(model, { ...drawn, columns }) - usual;
    }),
  );
}

function draw(count: number, random: Random): number[] {
  return Array.from({ length: MAX_ROWS }, () => random.below(count));
}

function permuted(column: Float64Array, order: readonly number[]): Float64Array {
  return Float64Array.from(order, (row) => column[row]!);
}

function logLossOf(model: Model, rows: TrainingRows): number {
  const { labels, classCount } = rows;
  const { classIndexes, classProbabilities } = model.predictBatch(rowMajor(rows), labels.length);
  return mean(scoreSamples(labels, classIndexes, classProbabilities, classCount).logLoss);
}

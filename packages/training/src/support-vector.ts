/**
 * Support vector classifier by libsvm: RBF kernel, one against one, probabilities by Platt scaling.
 *
 * libsvm can fit the probabilities itself, but draws its folds from a generator that goes on from one training to the next, so the
 * second model of a process would differ from the first. Here the folds come from the seed.
 */
import { parseSupportVectorDecisionFunction, type SupportVectorParameters } from '@iris/model';
import libsvmPackage from 'libsvm-js/package.json' with { type: 'json' };
import type { Fit } from './fit.ts';
import { stratifiedFolds } from './folds.ts';
import { type ExpandedRows, expandRows, fitInputs, selectExpanded } from './inputs.ts';
import { type LibsvmOptions, trainLibsvm } from './libsvm.ts';
import type { SUPPORT_VECTOR_OPTIONS } from './option-tables.ts';
import type { OptionValues } from './options.ts';
import { fitSigmoid, type Sigmoid } from './platt.ts';
import { createRandom } from './random.ts';
import { indexesByClass, type TrainingRows } from './rows.ts';
import { fitScaler, standardize } from './scaler.ts';

const PLATT_FOLDS = 5;

/** Fits the classifier. Cost: between quadratic and cubic in the rows; 2,000 rows take seconds, 10,000 minutes. */
export function fitSupportVector(rows: TrainingRows, given: OptionValues<typeof SUPPORT_VECTOR_OPTIONS>, seed: number): Fit {
  const inputs = fitInputs(rows);
  const expanded = expandRows(rows, inputs);
  const scaler = fitScaler(expanded);
  const standardized = standardize(expanded, scaler);
  const options = { c: given.c, gamma: given.gamma === 'scale' ? scaleGamma(standardized) : given.gamma };
  const sigmoids = fitPairSigmoids(standardized, options, seed);
  const parameters: SupportVectorParameters = {
    kind: 'svm',
    inputSize: rows.columns.length,
    classCount: rows.classCount,
    ...(inputs && { inputs }),
    scaler,
    gamma: options.gamma,
    ...trainLibsvm(standardized, options),
    probabilitySlopes: sigmoids.map(({ slope }) => slope),
    probabilityOffsets: sigmoids.map(({ offset }) => offset),
  };
  return { parameters, engine: `libsvm-js ${libsvmPackage.version}`, options };
}

/** scikit-learn's `gamma='scale'`: standardized columns that vary have variance 1, so this is 1 / their number. */
function scaleGamma({ features, inputSize }: ExpandedRows): number {
  const mean = features.reduce((sum, value) => sum + value, 0) / features.length;
  const variance = features.reduce((sum, value) => sum + (value - mean) ** 2, 0) / features.length;
  return variance > 0 ? 1 / (inputSize * variance) : 1;
}

function fitPairSigmoids(rows: ExpandedRows, options: LibsvmOptions, seed: number): Sigmoid[] {
  const indexes = indexesByClass(rows);
  return indexes.flatMap((first, position) =>
    indexes.slice(position + 1).map((second) => {
      const pair = { ...selectExpanded(rows, [...first, ...second]), classCount: 2 };
      pair.labels.forEach((_, index) => {
        pair.labels[index] = index < first.length ? 0 : 1;
      });
      return fitPairSigmoid(pair, options, seed);
    }),
  );
}

function fitPairSigmoid(pair: ExpandedRows, options: LibsvmOptions, seed: number): Sigmoid {
  const decisions = new Array<number>(pair.labels.length).fill(0);
  for (const { train, test } of stratifiedFolds(pair, PLATT_FOLDS, createRandom(seed))) {
    const decide = trainDecision(selectExpanded(pair, train), options);
    for (const index of test) decisions[index] = decide(rowAt(pair, index));
  }
  return fitSigmoid(
    decisions,
    Array.from(pair.labels, (label) => label === 0),
  );
}

/** Decision function of a two-class problem; positive speaks for class 0. */
function trainDecision(rows: ExpandedRows, options: LibsvmOptions): (row: Float64Array) => number {
  const [first, second] = indexesByClass(rows);
  // As libsvm does: a fold that left one class only is decided for it.
  if (first!.length === 0 || second!.length === 0) return () => Math.sign(first!.length - second!.length);
  const decide = parseSupportVectorDecisionFunction({
    kind: 'svm',
    inputSize: rows.inputSize,
    classCount: 2,
    scaler: { mean: new Array(rows.inputSize).fill(0), scale: new Array(rows.inputSize).fill(1) },
    gamma: options.gamma,
    ...trainLibsvm(rows, options),
  });
  return (row) => decide(row)[0]!;
}

function rowAt({ features, inputSize }: ExpandedRows, index: number): Float64Array {
  return features.subarray(index * inputSize, (index + 1) * inputSize);
}

/** What the same algorithms cost in the libraries that trained them: the measure that this project's inference is held against. */
import { createRequire } from 'node:module';
import type { LogisticRegressionParameters, ModelKind, ModelParameters } from '@iris/model';
import { rowMajor, type TrainingRows } from '@iris/training';
import { RandomForestClassifier } from 'ml-random-forest';
import { splitRows } from './inference-rows.ts';

/** A library's prediction of many rows. */
export interface Comparator {
  /** Library, version and function, as the table names it. */
  readonly name: string;
  /** Predicts rows; called with one row for the figure of a single prediction. */
  predict(rows: number[][]): void;
  /** Rows of one batch: as many as take it some tenths of a second. */
  readonly batchSize: number;
}

type ComparatorFactory = (training: TrainingRows, parameters: ModelParameters) => Promise<Comparator> | Comparator;

const require = createRequire(import.meta.url);

/** Trains or loads the library's own model of the same kind and sizes. */
export async function createComparator(training: TrainingRows, parameters: ModelParameters): Promise<Comparator> {
  if (parameters.kind === 'gbt') throw new TypeError('no library here fits boosted trees; see scripts/bench/learning');
  return await FACTORIES[parameters.kind](training, parameters);
}

const FACTORIES: Readonly<Record<Exclude<ModelKind, 'gbt'>, ComparatorFactory>> = {
  rf(training) {
    const forest = new RandomForestClassifier({
      nEstimators: 100,
      maxFeatures: 3,
      replacement: false,
      useSampleBagging: true,
      seed: 0,
      noOOB: true,
    });
    const labels = Array.from(training.labels);
    forest.train(splitRows(rowMajor(training), training.columns.length, labels.length), labels);
    return { name: 'ml-random-forest predict (labels only)', predict: (rows) => void forest.predict(rows), batchSize: 5_000 };
  },

  svm(training, parameters) {
    if (parameters.kind !== 'svm') throw new TypeError('svm parameters expected');
    const SVM = require('libsvm-js/asm.js') as LibsvmConstructor;
    const svm = new SVM({ type: '0', kernel: '2', cost: 1, gamma: parameters.gamma, probabilityEstimates: true, quiet: true });
    const standardize = createStandardizer(parameters.scaler);
    const rows = splitRows(rowMajor(training), training.columns.length, training.labels.length);
    svm.train(rows.map(standardize), Array.from(training.labels));
    return {
      name: 'libsvm-js predictProbability',
      predict: (rows) => void svm.predictProbability(rows.map(standardize)),
      batchSize: 20_000,
    };
  },

  async logreg(_, parameters) {
    if (parameters.kind !== 'logreg') throw new TypeError('logreg parameters expected');
    return { name: 'TensorFlow.js softmax, CPU backend', predict: await createTensorPrediction(parameters), batchSize: 100_000 };
  },
};

interface LibsvmConstructor {
  new (
    options: Readonly<Record<string, string | number | boolean>>,
  ): {
    train(samples: number[][], labels: number[]): void;
    predictProbability(samples: number[][]): unknown;
  };
}

function createStandardizer({ mean, scale }: LogisticRegressionParameters['scaler']): (row: number[]) => number[] {
  return (row) => row.map((value, column) => (value - mean[column]!) / scale[column]!);
}

async function createTensorPrediction(parameters: LogisticRegressionParameters): Promise<(rows: number[][]) => void> {
  const tf = await import('@tensorflow/tfjs');
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const { inputSize, classCount, scaler } = parameters;
  const mean = tf.tensor1d([...scaler.mean]);
  const scale = tf.tensor1d([...scaler.scale]);
  const weights = tf.tensor2d([...parameters.coefficients], [classCount, inputSize]);
  const intercepts = tf.tensor1d([...parameters.intercepts]);
  return function predict(rows) {
    tf.tidy(() => {
      const scores = tf.tensor2d(rows).sub(mean).div(scale).matMul(weights, false, true).add(intercepts);
      tf.softmax(scores as ReturnType<typeof tf.tensor2d>).dataSync();
    });
  };
}

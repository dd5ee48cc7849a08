/**
 * Multinomial logistic regression with TensorFlow.js, as an engine beside the one of our own.
 *
 * Minimizes scikit-learn's objective, mean cross-entropy + ‖W‖² / (2·C·n) with free intercepts, by full-batch gradient descent with
 * Nesterov momentum from zero: nothing is random, and 300 steps come within 1e-6 of the optimum on standardized columns.
 */
import type { LogisticRegressionParameters } from '@iris/model';
import type { Tensor2D, TensorContainerObject } from '@tensorflow/tfjs';
import { createDesign, type DesignMatrix, expandRow } from '../design-matrix.ts';
import type { Fit } from '../fit.ts';
import { fitInputs } from '../inputs.ts';
import type { TENSORFLOW_REGRESSION_OPTIONS } from '../option-tables.ts';
import type { OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { type LoadedTensorFlow, loadTensorFlow } from './tensorflow.ts';

const MOMENTUM = 0.9;
const POWER_ITERATIONS = 30;

type TensorFlow = LoadedTensorFlow['tf'];
type Options = OptionValues<typeof TENSORFLOW_REGRESSION_OPTIONS>;

/** Fits the regression. Cost: steps × rows × expanded columns × classes. */
export async function fitTensorFlowRegression(rows: TrainingRows, options: Options): Promise<Fit> {
  const tensorFlow = await loadTensorFlow();
  const inputs = fitInputs(rows);
  const { design, scaler } = createDesign(rows, inputs);
  const weights = optimize(tensorFlow, withBiasColumn(rows, design), options);
  const parameters: LogisticRegressionParameters = {
    kind: 'logreg',
    inputSize: rows.columns.length,
    classCount: rows.classCount,
    ...(inputs && { inputs }),
    scaler,
    coefficients: transposeFlat(weights.slice(0, -1)),
    intercepts: weights.at(-1)!,
  };
  return { parameters, engine: tensorFlow.engine, options };
}

interface BiasedRows {
  /** (number of rows) × `inputSize`, row-major, the last column 1. */
  readonly features: Float64Array;
  readonly labels: Int32Array;
  readonly inputSize: number;
  readonly classCount: number;
}

interface Problem {
  /** rows × (columns + bias). */
  readonly inputs: Tensor2D;
  readonly transposed: Tensor2D;
  /** rows × classes, one-hot. */
  readonly targets: Tensor2D;
  /** Derivative of the penalty by each weight, per weight: (columns + bias) × 1. */
  readonly penalty: Tensor2D;
  /** Learning rate of each weight: (columns + bias) × 1. */
  readonly rates: Tensor2D;
}

interface State {
  readonly weights: Tensor2D;
  readonly velocity: Tensor2D;
}

/** The optimal weights: (columns + bias) × classes. */
function optimize({ tf }: LoadedTensorFlow, rows: BiasedRows, { c, steps }: Options): number[][] {
  return tf.tidy(() => {
    const problem = createProblem(tf, rows, 1 / (c * rows.labels.length));
    const shape: [number, number] = [rows.inputSize, rows.classCount];
    let state: State = { weights: tf.zeros(shape), velocity: tf.zeros(shape) };
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => takeStep(tf, problem, state));
      tf.dispose([state.weights, state.velocity]);
      state = next;
    }
    return state.weights.arraySync();
  });
}

function createProblem(tf: TensorFlow, rows: BiasedRows, strength: number): Problem {
  const { features, labels, inputSize, classCount } = rows;
  const curvature = largestEigenvalue(rows) / 2;
  const penalties = [...new Array<number>(inputSize - 1).fill(strength), 0];
  const inputs = tf.tensor2d(Float32Array.from(features), [labels.length, inputSize]);
  return {
    inputs,
    transposed: tf.transpose(inputs),
    targets: tf.oneHot(tf.tensor1d(labels, 'int32'), classCount).toFloat() as Tensor2D,
    penalty: tf.tensor2d(penalties, [inputSize, 1]),
    // Each weight at its own curvature: one rate for all would make a strong penalty stop the free intercepts.
    rates: tf.tensor2d(
      penalties.map((penalty) => 1 / (curvature + penalty)),
      [inputSize, 1],
    ),
  };
}

function takeStep(
  tf: TensorFlow,
  { inputs, transposed, targets, penalty, rates }: Problem,
  state: State,
): State & TensorContainerObject {
  const ahead = state.weights.add(state.velocity.mul(MOMENTUM));
  const errors = tf.softmax(inputs.matMul(ahead)).sub(targets);
  const gradient = transposed.matMul(errors).div(inputs.shape[0]).add(ahead.mul(penalty));
  const velocity = state.velocity.mul(MOMENTUM).sub(gradient.mul(rates)) as Tensor2D;
  return { weights: state.weights.add(velocity) as Tensor2D, velocity };
}

/**
 * Largest eigenvalue of XᵀX / n, by power iteration. Half of it bounds the curvature of the cross-entropy (Böhning, 1992), and
 * steps of one over the curvature cannot diverge, however many columns say the same.
 */
function largestEigenvalue({ features, labels, inputSize }: BiasedRows): number {
  // Not all ones: those are orthogonal to the eigenvector of a feature with two levels, whose columns are opposites.
  let vector = Float64Array.from({ length: inputSize }, (_, column) => 1 / (column + 1));
  let norm = 0;
  for (let iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
    const product = multiplyGram(features, vector, labels.length);
    norm = Math.hypot(...product);
    vector = product.map((value) => value / norm);
  }
  return norm;
}

/** XᵀX v / n. */
function multiplyGram(features: Float64Array, vector: Float64Array, count: number): Float64Array<ArrayBuffer> {
  const size = vector.length;
  const product = new Float64Array(size);
  for (let start = 0; start < features.length; start += size) {
    let dot = 0;
    for (let column = 0; column < size; column++) dot += features[start + column]! * vector[column]!;
    for (let column = 0; column < size; column++) product[column]! += (dot * features[start + column]!) / count;
  }
  return product;
}

function withBiasColumn({ labels, classCount }: TrainingRows, design: DesignMatrix): BiasedRows {
  const inputSize = design.columnCount + 1;
  const features = new Float64Array(labels.length * inputSize).fill(1);
  for (let row = 0; row < labels.length; row++) features.set(expandRow(design, row), row * inputSize);
  return { features, labels, inputSize, classCount };
}

function transposeFlat(weights: readonly (readonly number[])[]): number[] {
  return weights[0]!.flatMap((_, classIndex) => weights.map((row) => row[classIndex]!));
}

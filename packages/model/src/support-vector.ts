/** One-against-one support vector classifier with RBF kernel and Platt scaling, as libsvm evaluates it. */
import { ModelError } from './errors.ts';
import { expNegative } from './exponential.ts';
import { MAX_ARRAY_LENGTH, MAX_MAGNITUDE, MAX_SUPPORT_VECTORS } from './limits.ts';
import { type BatchScorer, type ModelShape, scoreEach } from './model.ts';
import { createPairwiseCoupling, type PairwiseCoupling } from './pairwise-coupling.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';
import { createRbfKernel, paddedSize } from './rbf-kernel.ts';
import { parseScaler } from './scaler.ts';
import { coupleThree } from './three-class-coupling.ts';

// libsvm's bound (svm_predict_probability): no pair is ever certain, or coupling would divide by zero.
const MIN_PAIR_PROBABILITY = 1e-7;
const MAX_ODDS = (1 - MIN_PAIR_PROBABILITY) / MIN_PAIR_PROBABILITY;
const MAX_MARGIN = Math.log(MAX_ODDS);

/** Writes one decision value per pair (0,1), (0,2), …, (1,2), … to `out`; positive speaks for the first of the pair. */
export type DecisionFunction = (rows: Float64Array, offset: number, out: Float64Array) => void;

/**
 * Reads the parameters of a support vector classifier.
 *
 * @throws ModelError when sizes disagree or a number is unusable.
 */
export function parseSupportVector(parameters: ParameterReader, shape: ModelShape): BatchScorer {
  const { classCount } = shape;
  const decide = parseDecisionFunction(parameters, shape);
  const scaling = parsePlattScaling(parameters, classCount);
  const writeProbabilities = createPlattScaling(scaling, classCount);
  const pairs = new Float64Array((classCount * (classCount - 1)) / 2);
  return scoreEach(shape, function scoreRow(rows, offset, out, outOffset) {
    decide(rows, offset, pairs);
    writeProbabilities(pairs, out, outOffset);
  });
}

/** Platt scaling of each pair: minus (slope × decision value + offset) is the log-odds of its first class against its second. */
export interface PlattScaling {
  readonly slopes: Float64Array;
  readonly offsets: Float64Array;
}

/**
 * Reads the slopes and offsets of all pairs.
 *
 * @throws ModelError when there are too few, or one is unusable.
 */
export function parsePlattScaling(parameters: ParameterReader, classCount: number): PlattScaling {
  const pairCount = (classCount * (classCount - 1)) / 2;
  return {
    slopes: parameters.numbers('probabilitySlopes', pairCount, ANY_NUMBER),
    offsets: parameters.numbers('probabilityOffsets', pairCount, ANY_NUMBER),
  };
}

/** Makes the function that couples the decision values of all pairs, which it overwrites, to class probabilities at `out[outOffset…]`. */
export function createPlattScaling({ slopes, offsets }: PlattScaling, classCount: number): PairwiseCoupling {
  const couple = classCount === 3 ? coupleThree : createPairwiseCoupling(classCount);
  return function writeProbabilities(pairs, out, outOffset) {
    for (let pair = 0; pair < pairs.length; pair++) {
      pairs[pair] = pairProbability(pairs[pair]! * slopes[pair]! + offsets[pair]!);
    }
    couple(pairs, out, outOffset);
  };
}

/** Support vectors, proven sound. */
export interface SupportVectors {
  /** Means of the columns of an (expanded) row. */
  readonly mean: Float64Array;
  /** A row less the means, times these, is where the kernel `exp(-|row - vector|²)` compares it. */
  readonly rowFactors: Float64Array;
  /** (number of support vectors) × columns, row-major, scaled likewise. */
  readonly vectors: Float64Array;
  /** Index of each class's first support vector, and their number as the last entry. */
  readonly starts: Int32Array;
  /** libsvm's layout: against class j, vectors of class i hold their coefficient in row j - 1; those of j in row i. */
  readonly coefficients: Float64Array;
  /** One for each pair (0,1), (0,2), …, (1,2), …. */
  readonly intercepts: Float64Array;
}

/**
 * Reads the support vectors and what they weigh.
 *
 * @throws ModelError when sizes disagree or a number is unusable.
 */
export function parseSupportVectors(parameters: ParameterReader, { inputSize, classCount }: ModelShape): SupportVectors {
  const { mean, factors } = parseScaler(parameters, inputSize);
  const rootOfGamma = Math.sqrt(parameters.number('gamma', { min: 0, max: MAX_MAGNITUDE }));
  const starts = parseClassStarts(parameters, classCount, inputSize);
  const count = starts[classCount]!;
  return {
    mean,
    rowFactors: factors.map((factor) => factor * rootOfGamma),
    vectors: parameters.numbers('supportVectors', count * inputSize, ANY_NUMBER).map((value) => value * rootOfGamma),
    starts,
    coefficients: parameters.numbers('dualCoefficients', (classCount - 1) * count, ANY_NUMBER),
    intercepts: parameters.numbers('intercepts', (classCount * (classCount - 1)) / 2, ANY_NUMBER),
  };
}

/**
 * Reads what decides between each pair of classes, without the probabilities.
 *
 * @throws ModelError when sizes disagree or a number is unusable.
 */
export function parseDecisionFunction(parameters: ParameterReader, shape: ModelShape): DecisionFunction {
  const { inputSize, classCount } = shape;
  const { mean, rowFactors, vectors, starts, coefficients, intercepts } = parseSupportVectors(parameters, shape);
  const count = starts[classCount]!;
  const evaluateKernel = createRbfKernel(vectors, inputSize);
  const row = new Float64Array(paddedSize(inputSize));
  const kernel = new Float64Array(count);
  return function decide(rows, offset, out) {
    for (let column = 0; column < inputSize; column++) {
      row[column] = (rows[offset + column]! - mean[column]!) * rowFactors[column]!;
    }
    evaluateKernel(row, kernel);
    let pair = 0;
    for (let i = 0; i < classCount; i++) {
      for (let j = i + 1; j < classCount; j++, pair++) {
        const first = weightedSum(kernel, coefficients, (j - 1) * count, starts[i]!, starts[i + 1]!);
        out[pair] = intercepts[pair]! + first + weightedSum(kernel, coefficients, i * count, starts[j]!, starts[j + 1]!);
      }
    }
  };
}

/** Index of each class's first support vector, and the total as the last entry. */
function parseClassStarts(parameters: ParameterReader, classCount: number, inputSize: number): Int32Array {
  const counts = parameters.integers('supportVectorCounts', classCount, { min: 0, max: MAX_SUPPORT_VECTORS });
  const starts = new Int32Array(classCount + 1);
  for (let index = 0; index < classCount; index++) starts[index + 1] = starts[index]! + counts[index]!;
  const total = starts[classCount]!;
  // Checked before any buffer of that size is made.
  const max = Math.min(MAX_SUPPORT_VECTORS, Math.floor(MAX_ARRAY_LENGTH / Math.max(inputSize, classCount)));
  if (total > max) {
    throw new ModelError('MODEL_COUNTS', `supportVectorCounts sum to ${total}, at most ${max} are allowed`, { total, max });
  }
  return starts;
}

function weightedSum(kernel: Float64Array, coefficients: Float64Array, rowStart: number, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += coefficients[rowStart + index]! * kernel[index]!;
  return sum;
}

/**
 * `1 / (1 + exp(margin))`, from 1e-7 to 1 - 1e-7: bounding the margin bounds the probability, keeps the exponential from
 * overflowing, and needs no branch on the margin's sign, which the next row would turn.
 */
function pairProbability(margin: number): number {
  const bounded = Math.min(Math.max(margin, -MAX_MARGIN), MAX_MARGIN);
  return 1 / (1 + MAX_ODDS * expNegative(MAX_MARGIN - bounded));
}

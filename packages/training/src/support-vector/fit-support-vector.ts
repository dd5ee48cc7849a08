/**
 * Support vector classifier of our own, with libsvm's algorithm (`smo.ts`): RBF kernel, one against one, probabilities by Platt scaling
 * (Lin, Lin and Weng, 2007) on five stratified folds, which come from the seed.
 */
import type { SupportVectorParameters } from '@iris/model';
import { createDesign, type DesignMatrix, expandRow } from '../design-matrix.ts';
import type { Fit } from '../fit.ts';
import { classWeightsOf, type FitContext } from '../fit-context.ts';
import { fitInputs } from '../inputs.ts';
import type { SUPPORT_VECTOR_OPTIONS } from '../option-tables.ts';
import type { OptionValues } from '../options.ts';
import { indexesByClass, type TrainingRows } from '../rows.ts';
import { PLATT_FOLDS, type SolvedPair, solvePair } from './solve-pair.ts';

type Options = OptionValues<typeof SUPPORT_VECTOR_OPTIONS>;

/** Fits the classifier. Cost: between quadratic and cubic in the rows of two classes; 5,000 rows take a second. */
export async function fitSupportVector(rows: TrainingRows, given: Options, seed: number, context: FitContext = {}): Promise<Fit> {
  const inputs = fitInputs(rows);
  const { design, scaler } = createDesign(rows, inputs);
  const options = { ...given, gamma: given.gamma === 'scale' ? scaleGamma(design) : given.gamma };
  const classRows = indexesByClass(rows);
  const pairs = await solvePairs(design, classRows, { ...options, seed }, context);
  const parameters: SupportVectorParameters = {
    kind: 'svm',
    inputSize: rows.columns.length,
    classCount: rows.classCount,
    ...(inputs && { inputs }),
    scaler,
    gamma: options.gamma,
    ...collectVectors(design, classRows, pairs),
    intercepts: pairs.map(({ rho }) => 0 - rho),
    probabilitySlopes: pairs.map(({ sigmoid }) => sigmoid.slope),
    probabilityOffsets: pairs.map(({ sigmoid }) => sigmoid.offset),
  };
  return { parameters, engine: 'iris', options };
}

interface PairOptions {
  readonly c: number;
  readonly gamma: number;
  readonly tol: number;
  readonly seed: number;
}

/** All pairs of classes, in the order (0,1), (0,2), …, (1,2), …. */
async function solvePairs(
  design: DesignMatrix,
  classRows: readonly (readonly number[])[],
  { c, ...options }: PairOptions,
  context: FitContext,
): Promise<SolvedPair[]> {
  const costs = classWeightsOf(context, classRows.length).map((weight) => weight * c);
  const total = ((classRows.length * (classRows.length - 1)) / 2) * (PLATT_FOLDS + 1);
  const pairs: SolvedPair[] = [];
  let done = 0;
  const onStep = (isSolved: boolean) => context.onProgress?.(isSolved ? ++done : done, total);
  for (const [index, first] of classRows.entries()) {
    for (let other = index + 1; other < classRows.length; other++) {
      const pairCosts: [number, number] = [costs[index]!, costs[other]!];
      pairs.push(await solvePair({ design, first, second: classRows[other]!, costs: pairCosts, ...options, onStep }));
    }
  }
  return pairs;
}

/** scikit-learn's `gamma='scale'`: one over the columns times the variance of all their values. */
function scaleGamma({ dense, oneHot, rowCount, columnCount }: DesignMatrix): number {
  let sum = 0;
  let squares = 0;
  for (const { values } of dense) {
    for (let row = 0; row < rowCount; row++) {
      sum += values[row]!;
      squares += values[row]! ** 2;
    }
  }
  for (const { codes, levelCount } of oneHot) {
    for (let row = 0; row < rowCount; row++) {
      const ones = codes[row] === levelCount ? 2 : 1;
      sum += ones;
      squares += ones;
    }
  }
  const mean = sum / (rowCount * columnCount);
  const variance = squares / (rowCount * columnCount) - mean ** 2;
  return variance > 0 ? 1 / (columnCount * variance) : 1;
}

type Vectors = Pick<SupportVectorParameters, 'supportVectorCounts' | 'supportVectors' | 'dualCoefficients'>;

/** The rows with a coefficient in any pair, class by class, in libsvm's layout: against each other class, a row of coefficients. */
function collectVectors(design: DesignMatrix, classRows: readonly (readonly number[])[], pairs: readonly SolvedPair[]): Vectors {
  const byOpponent = classRows.map((rows, index) => classRows.map((_, other) => coefficientsOf(index, other, rows.length)));
  const kept = classRows.map((rows, index) =>
    [...rows.keys()].filter((at) => byOpponent[index]!.some((values) => values[at] !== 0)),
  );
  const opponents = Array.from({ length: classRows.length - 1 }, (_, opponent) => opponent);
  return {
    supportVectorCounts: kept.map(({ length }) => length),
    supportVectors: kept.flatMap((places, index) => places.flatMap((at) => expandRow(design, classRows[index]![at]!))),
    dualCoefficients: opponents.flatMap((opponent) =>
      kept.flatMap((places, index) => places.map((at) => byOpponent[index]![opponent < index ? opponent : opponent + 1]![at]!)),
    ),
  };

  function coefficientsOf(index: number, other: number, length: number): Float64Array {
    if (index === other) return new Float64Array(length);
    const { coefficients } = pairs[pairIndex(Math.min(index, other), Math.max(index, other), classRows.length)]!;
    return index < other ? coefficients.subarray(0, length) : coefficients.subarray(coefficients.length - length);
  }
}

/** Place of a pair in the order (0,1), (0,2), …, (1,2), …. */
function pairIndex(first: number, second: number, classCount: number): number {
  return first * classCount - (first * (first + 1)) / 2 + second - first - 1;
}

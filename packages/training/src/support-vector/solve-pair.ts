/** Two classes of a support vector classifier: their margin, and the sigmoid that makes probabilities of it. */
import type { DesignMatrix } from '../design-matrix.ts';
import { selectDesign } from '../design-matrix.ts';
import { stratifiedFolds } from '../folds.ts';
import { fitSigmoid, type Sigmoid } from '../platt.ts';
import { createRandom } from '../random.ts';
import { createKernelRows } from './kernel-rows.ts';
import { type KernelRows, type Margin, solveMargin } from './smo.ts';

/** Folds whose decisions the sigmoid is fitted to, as in libsvm. */
export const PLATT_FOLDS = 5;

/** Rows of two classes, and what their errors cost. */
export interface PairRequest {
  readonly design: DesignMatrix;
  /** Rows of the class that positive decisions speak for. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Bounds of the coefficients of either class. */
  readonly costs: readonly [number, number];
  readonly gamma: number;
  /** See `MarginProblem`. */
  readonly tol: number;
  /** Decides the folds. */
  readonly seed: number;
  /** Called every thousand steps of a solution and behind each of the `PLATT_FOLDS` + 1, with whether it is done; may throw to stop. */
  readonly onStep?: ((isSolved: boolean) => void | Promise<void>) | undefined;
}

/** A margin whose coefficients are those of the first class's rows, then the second's. */
export interface SolvedPair extends Margin {
  readonly sigmoid: Sigmoid;
}

/** Solves two classes: once on all their rows, and on each fold's for the decisions of the others. All share one kernel matrix. */
export async function solvePair(request: PairRequest): Promise<SolvedPair> {
  const { design, first, second, gamma, seed } = request;
  const kernel = createKernelRows(selectDesign(design, [...first, ...second]), gamma);
  const labels = Int32Array.from({ length: first.length + second.length }, (_, row) => Number(row >= first.length));
  const decisions = new Float64Array(labels.length);
  for (const { train, test } of stratifiedFolds({ labels, classCount: 2 }, PLATT_FOLDS, createRandom(seed))) {
    writeDecisions(kernel, await solveRows(request, kernel, labels, train), train, test, decisions);
  }
  const margin = await solveRows(request, kernel, labels, Array.from(labels.keys()));
  const sigmoid = fitSigmoid(
    Array.from(decisions),
    Array.from(labels, (label) => label === 0),
  );
  return { ...margin, sigmoid };
}

async function solveRows(request: PairRequest, kernel: KernelRows, labels: Int32Array, rows: readonly number[]): Promise<Margin> {
  const signs = Int8Array.from(rows, (row) => 1 - 2 * labels[row]!);
  const costs = Float64Array.from(rows, (row) => request.costs[labels[row] as 0 | 1]);
  const onStep = request.onStep && (() => request.onStep?.(false));
  const isBothClasses = signs.includes(1) && signs.includes(-1);
  const margin = isBothClasses
    ? await solveMargin({ kernel, rows: Int32Array.from(rows), signs, costs, tol: request.tol, onStep })
    : // As libsvm does: a fold that left one class only is decided for it.
      { coefficients: new Float64Array(rows.length), rho: -signs[0]!, iterations: 0 };
  await request.onStep?.(true);
  return margin;
}

function writeDecisions(
  kernel: KernelRows,
  { coefficients, rho }: Margin,
  train: readonly number[],
  test: readonly number[],
  decisions: Float64Array,
): void {
  for (const row of test) decisions[row] = -rho;
  coefficients.forEach((coefficient, index) => {
    if (coefficient === 0) return;
    const values = kernel.row(train[index]!);
    for (const row of test) decisions[row]! += coefficient * values[row]!;
  });
}

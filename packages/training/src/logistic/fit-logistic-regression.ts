/**
 * Multinomial logistic regression of our own: scikit-learn's objective, mean cross-entropy + ‖W‖² / (2·C·n) with free intercepts,
 * minimized by L-BFGS that is told the curvature now and then (`preconditioning.ts`). It draws nothing.
 */
import type { LogisticRegressionParameters } from '@iris/model';
import { createDesign } from '../design-matrix.ts';
import type { Fit } from '../fit.ts';
import { classWeightsOf, type FitContext } from '../fit-context.ts';
import { fitInputs } from '../inputs.ts';
import type { LOGISTIC_REGRESSION_OPTIONS } from '../option-tables.ts';
import type { OptionValues } from '../options.ts';
import type { TrainingRows } from '../rows.ts';
import { solveLogistic } from './solve-logistic.ts';

type Options = OptionValues<typeof LOGISTIC_REGRESSION_OPTIONS>;

/** Fits the regression. Cost: iterations × rows × classes × (numbers + categories); a million rows of 20 columns take seconds. */
export async function fitLogisticRegression(rows: TrainingRows, options: Options, context: FitContext = {}): Promise<Fit> {
  const { labels, classCount, columns } = rows;
  const { c, maxIter, tol } = options;
  const inputs = fitInputs(rows);
  const { design, scaler } = createDesign(rows, inputs);
  const { coefficients, intercepts } = await solveLogistic({
    design,
    labels,
    classCount,
    classWeights: classWeightsOf(context, classCount),
    c,
    maxIter,
    tol,
    onIteration: (iteration) => context.onProgress?.(iteration, maxIter),
  });
  const parameters: LogisticRegressionParameters = {
    kind: 'logreg',
    inputSize: columns.length,
    classCount,
    ...(inputs && { inputs }),
    scaler,
    coefficients,
    intercepts,
  };
  return { parameters, engine: 'iris', options: { c, maxIter, tol } };
}

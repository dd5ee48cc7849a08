/** The hyperparameters of the three algorithms, apart from their code so that listing them loads no library. */
import type { OptionTable } from './options.ts';

/** Random forest; the words stand for values that `random-forest.ts` explains. */
export const RANDOM_FOREST_OPTIONS = {
  trees: { default: 100, min: 1, max: 10_000, integer: true, summary: 'number of trees' },
  maxFeatures: {
    default: 'auto',
    min: 1,
    max: 10_000,
    integer: true,
    summary: 'encoded columns each tree may split on; auto: all but one',
  },
  minSamplesSplit: { default: 9, min: 2, max: 1_000_000, integer: true, summary: 'rows a node needs to be split further' },
  rowsPerTree: {
    default: 'auto',
    min: 2,
    max: 5_000,
    integer: true,
    summary: 'rows drawn for each tree, time grows with its square; auto: 70 % of the rows, at most 100',
  },
} as const satisfies OptionTable;

/** Support vector classifier. */
export const SUPPORT_VECTOR_OPTIONS = {
  c: { default: 1, min: 1e-6, max: 1e6, summary: 'cost of a row on the wrong side; larger fits closer' },
  gamma: {
    default: 'scale',
    min: 1e-9,
    max: 1e6,
    summary: 'kernel width; scale: 1 / (columns × variance of the standardized rows)',
  },
  tol: { default: 1e-3, min: 1e-10, max: 0.1, summary: 'violation of the optimality conditions to end at' },
} as const satisfies OptionTable;

/** Multinomial logistic regression. */
export const LOGISTIC_REGRESSION_OPTIONS = {
  c: { default: 1, min: 1e-6, max: 1e6, summary: 'inverse strength of the L2 penalty; larger fits closer' },
  maxIter: { default: 1000, min: 1, max: 100_000, integer: true, summary: 'iterations at most; twenty are usual' },
  tol: { default: 1e-6, min: 1e-12, max: 0.1, summary: 'ends when no part of the gradient is larger' },
} as const satisfies OptionTable;

/** Multinomial logistic regression with TensorFlow.js. */
export const TENSORFLOW_REGRESSION_OPTIONS = {
  c: LOGISTIC_REGRESSION_OPTIONS.c,
  steps: { default: 300, min: 1, max: 100_000, integer: true, summary: 'full-batch optimization steps' },
} as const satisfies OptionTable;

/** All tables by model kind. */
export const OPTION_TABLES = {
  rf: RANDOM_FOREST_OPTIONS,
  svm: SUPPORT_VECTOR_OPTIONS,
  logreg: LOGISTIC_REGRESSION_OPTIONS,
} as const;

/** The hyperparameters of the algorithms, apart from their code so that listing them loads no library. */
import type { ModelKind } from '@iris/model';
import type { OptionTable } from './options.ts';

/** Random forest by the library of that name; the words stand for values that `ml-random-forest.ts` explains. */
export const ML_RANDOM_FOREST_OPTIONS = {
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

/** Histogram forest, as scikit-learn's `RandomForestClassifier` names them. */
export const FOREST_OPTIONS = {
  nEstimators: { default: 100, min: 1, max: 10_000, integer: true, summary: 'number of trees' },
  maxFeatures: {
    default: 'sqrt',
    min: 1,
    max: 10_000,
    integer: true,
    summary: 'columns drawn at each node; sqrt: the square root of their number',
  },
  maxDepth: {
    default: 'none',
    min: 1,
    max: 1_000_000,
    integer: true,
    summary: 'splits on the way to a leaf; none: until leaves hold one class',
  },
  minSamplesSplit: { default: 2, min: 2, max: 1_000_000, integer: true, summary: 'rows a node needs to be split further' },
  minSamplesLeaf: {
    default: 'auto',
    min: 1,
    max: 1_000_000,
    integer: true,
    summary: 'rows that each side of a split must have; auto: 1, more where the trees would have too many nodes for a model file',
  },
} as const satisfies OptionTable;

/** Gradient boosting, as scikit-learn's `HistGradientBoostingClassifier` names them; `maxDeltaStep` as XGBoost does. */
export const BOOSTING_OPTIONS = {
  learningRate: { default: 0.1, min: 1e-4, max: 1, summary: 'share of each tree that is added' },
  maxIter: {
    default: 100,
    min: 1,
    max: 10_000,
    integer: true,
    summary: 'rounds; in each a tree, or one for each of more than two classes',
  },
  maxLeafNodes: { default: 31, min: 2, max: 4_096, integer: true, summary: 'leaves of a tree' },
  maxDepth: {
    default: 'none',
    min: 1,
    max: 1_000,
    integer: true,
    summary: 'splits on the way to a leaf; none: as many as the leaves allow',
  },
  minSamplesLeaf: { default: 20, min: 1, max: 1_000_000, integer: true, summary: 'rows that each side of a split must have' },
  l2Regularization: { default: 0.3, min: 0, max: 1e6, summary: 'draws leaf values towards 0' },
  maxDeltaStep: { default: 2, min: 0.01, max: 1e6, summary: 'magnitude of a leaf value before the learning rate' },
  earlyStopping: {
    default: 'auto',
    min: 0,
    max: 1,
    integer: true,
    summary: '1: hold rows out and stop when they gain no more; 0: never; auto: above 10,000 rows',
  },
  validationFraction: { default: 0.1, min: 0.01, max: 0.5, summary: 'share of the rows that early stopping holds out' },
  nIterNoChange: { default: 10, min: 1, max: 1_000, integer: true, summary: 'rounds without a gain before early stopping' },
  tol: { default: 1e-7, min: 0, max: 1, summary: 'log-loss that counts as a gain' },
} as const satisfies OptionTable;

/** What all learners of our own have. */
const CLASS_WEIGHT = {
  classWeight: {
    default: 'none',
    words: ['balanced'],
    summary: 'balanced: rows of each class count the same in sum, as if all classes were as frequent',
  },
} as const satisfies OptionTable;

/** Names of what fits the algorithms: our own code, or a library. */
export type Engine = 'iris' | 'ml-random-forest' | 'tensorflow';

/** Hyperparameters of each algorithm, by engine; the first engine is the usual one. */
export const OPTION_TABLES = {
  rf: { iris: { ...FOREST_OPTIONS, ...CLASS_WEIGHT }, 'ml-random-forest': ML_RANDOM_FOREST_OPTIONS },
  gbt: { iris: { ...BOOSTING_OPTIONS, ...CLASS_WEIGHT } },
  svm: { iris: { ...SUPPORT_VECTOR_OPTIONS, ...CLASS_WEIGHT } },
  logreg: { iris: { ...LOGISTIC_REGRESSION_OPTIONS, ...CLASS_WEIGHT }, tensorflow: TENSORFLOW_REGRESSION_OPTIONS },
} as const satisfies Readonly<Record<ModelKind, Readonly<Partial<Record<Engine, OptionTable>>>>>;

/** Hyperparameters of an algorithm; undefined where the engine does not fit it. */
export function optionTable(kind: ModelKind, engine: Engine = 'iris'): OptionTable | undefined {
  const tables: Readonly<Partial<Record<Engine, OptionTable>>> = OPTION_TABLES[kind];
  return tables[engine];
}

/** The engine that a model file names: with its version, or as older ones have it. */
export function engineOf(recorded: string): Engine {
  if (recorded.startsWith('ml-random-forest')) return 'ml-random-forest';
  return recorded.startsWith('@tensorflow/') ? 'tensorflow' : 'iris';
}

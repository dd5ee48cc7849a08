/** The fitted parameters of each algorithm, as they stand in a model file: flat arrays, plain JSON. */

/** Standardization `(x - mean) / scale`, one entry for each encoded column; a constant column has scale 1. */
export interface ScalerParameters {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

interface ModelShape {
  /** Columns of an encoded sample (one-hot levels count one each). */
  readonly inputSize: number;
  /** Number of classes, at least two. */
  readonly classCount: number;
}

/** Multinomial logistic regression on standardized columns. */
export interface LogisticRegressionParameters extends ModelShape {
  readonly kind: 'logreg';
  readonly scaler: ScalerParameters;
  /** `classCount` × `inputSize`, row-major. */
  readonly coefficients: readonly number[];
  /** One for each class. */
  readonly intercepts: readonly number[];
}

/** One-against-one support vector classifier, RBF kernel, pairwise Platt scaling, on standardized columns (libsvm's layout). */
export interface SupportVectorParameters extends ModelShape {
  readonly kind: 'svm';
  readonly scaler: ScalerParameters;
  /** Kernel width: `k(x, y) = exp(-gamma * |x - y|²)`. */
  readonly gamma: number;
  /** Support vectors of each class, in class order; sums to the number of support vectors. */
  readonly supportVectorCounts: readonly number[];
  /** (number of support vectors) × `inputSize`, row-major, grouped by class. */
  readonly supportVectors: readonly number[];
  /** (`classCount` - 1) × (number of support vectors), row-major, as libsvm's `sv_coef`. */
  readonly dualCoefficients: readonly number[];
  /** `-rho` for each pair (0,1), (0,2), …, (1,2), …. */
  readonly intercepts: readonly number[];
  /** Platt slope for each pair, in the same order. */
  readonly probabilitySlopes: readonly number[];
  /** Platt offset for each pair, in the same order. */
  readonly probabilityOffsets: readonly number[];
}

/** Random forest; all trees in one node table. A node's children stand after it, so a walk always ends. */
export interface RandomForestParameters extends ModelShape {
  readonly kind: 'rf';
  /** Index of each tree's root in the node table. */
  readonly roots: readonly number[];
  /** Column a node splits on; -1 marks a leaf. */
  readonly featureIndexes: readonly number[];
  /** `x[feature] < threshold` goes left; 0 in leaves. */
  readonly thresholds: readonly number[];
  /** Node index of the left child; -1 in leaves. */
  readonly leftChildren: readonly number[];
  /** Node index of the right child; -1 in leaves. */
  readonly rightChildren: readonly number[];
  /** Class a leaf votes for; -1 in inner nodes. */
  readonly leafClasses: readonly number[];
}

export type ModelParameters = LogisticRegressionParameters | SupportVectorParameters | RandomForestParameters;
export type ModelKind = ModelParameters['kind'];

/** The fitted parameters of each algorithm, as they stand in a model file: flat arrays, plain JSON. */

/** Standardization `(x - mean) / scale`, one entry for each encoded column; a constant column has scale 1. */
export interface ScalerParameters {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/** How a row of the dataset's columns becomes the wider row that an algorithm computes with; one entry for each of the dataset's columns. */
export interface InputParameters {
  /** Levels of a column, each of which becomes a column of its own, 0 or 1; 0 for a number, which stays as it is. */
  readonly levelCounts: readonly number[];
  /** Stands in for a missing value: a number, or the index of a level; null where none may be missing. */
  readonly fills: readonly (number | null)[];
  /** Whether one column more, behind those of this one, says that the value was missing. */
  readonly indicators: readonly boolean[];
}

interface ModelShape {
  /** Columns of an encoded sample. */
  readonly inputSize: number;
  /** Number of classes, at least two. */
  readonly classCount: number;
}

/** Of algorithms that compute with expanded rows; without `inputs` they take rows as they are. `columns` below are those of an expanded row. */
interface ExpandedShape extends ModelShape {
  readonly inputs?: InputParameters;
}

/** Multinomial logistic regression on standardized columns. */
export interface LogisticRegressionParameters extends ExpandedShape {
  readonly kind: 'logreg';
  readonly scaler: ScalerParameters;
  /** `classCount` × columns, row-major. */
  readonly coefficients: readonly number[];
  /** One for each class. */
  readonly intercepts: readonly number[];
}

/** One-against-one support vector classifier, RBF kernel, pairwise Platt scaling, on standardized columns (libsvm's layout). */
export interface SupportVectorParameters extends ExpandedShape {
  readonly kind: 'svm';
  readonly scaler: ScalerParameters;
  /** Kernel width: `k(x, y) = exp(-gamma * |x - y|²)`. */
  readonly gamma: number;
  /** Support vectors of each class, in class order; sums to the number of support vectors. */
  readonly supportVectorCounts: readonly number[];
  /** (number of support vectors) × columns, row-major, grouped by class. */
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

/**
 * Trees in preorder: a node, its left subtree, its right subtree; one tree after the other. Texts are base64 of little-endian whole
 * numbers, one a node, in as few bytes as the greatest possible needs (1 up to 255, 2 up to 65,535, else 4).
 */
export interface TreeParameters {
  readonly treeCount: number;
  readonly nodeCount: number;
  /** How many cuts each column has. */
  readonly cutCounts: readonly number[];
  /** Cuts of all columns, ascending within each. The bin of a value is the number of its column's cuts at or below it. */
  readonly cuts: readonly number[];
  /** Of each node: 0 for a leaf, else 1 + the column that it splits on. */
  readonly columns: string;
  /** Of each inner node: the last bin that goes left. Of each leaf: which leaf it is, or 0 where leaves are numbered as they stand. */
  readonly values: string;
  /** A bit for each inner node, the lowest of a byte first: 1 where a missing value goes left. */
  readonly missingLeft: string;
}

/** Votes of leaves that rows of several classes share. */
export interface LeafParameters {
  /** Number of such leaves; leaf `classCount` is the first of them, the leaves below vote for the class of their number. */
  readonly count: number;
  /** Number of classes of each leaf. */
  readonly sizes: string;
  /** Classes of all leaves, in order. */
  readonly classes: string;
  /** Weight of each, above 0, as base64 of single-precision numbers. */
  readonly weights: string;
}

/** Random forest of binned columns, a row's missing values being NaN. */
export interface HistogramForestParameters extends ModelShape {
  readonly kind: 'rf';
  readonly trees: TreeParameters;
  readonly leaves: LeafParameters;
  /** Class shares that vote as one tree more; they sum to 1. */
  readonly prior: readonly number[];
  /** Shares of the votes to the power of its reciprocal, divided by their sum, are the probabilities. */
  readonly temperature: number;
}

/** Gradient boosted trees, a row's missing values being NaN. */
export interface GradientBoostingParameters extends ModelShape {
  readonly kind: 'gbt';
  /** Round by round, in a round one tree for each score. */
  readonly trees: TreeParameters;
  /** Added to the score by each leaf, in the order in which leaves stand, as base64 of single-precision numbers. */
  readonly leafValues: string;
  /** What scores start with: the log-odds of class 1 where there are two classes, else one for each class. */
  readonly baseline: readonly number[];
}

/** Random forest, version 1; all trees in one node table. A node's children stand after it, so a walk always ends. */
export interface RandomForestParameters extends ExpandedShape {
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

export type ModelParameters =
  | LogisticRegressionParameters
  | SupportVectorParameters
  | RandomForestParameters
  | HistogramForestParameters
  | GradientBoostingParameters;
export type ModelKind = ModelParameters['kind'];

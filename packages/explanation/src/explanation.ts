/** What an explanation is, whichever method finds it. */

/**
 * What base and contributions add up to:
 *
 * - `probability`: the probability of each class.
 * - `share`: the share of a forest's votes for each class, before its temperature makes a probability of it.
 * - `margin`: how far each class is ahead of the others in log-odds: the mean over the other classes of the logarithm of its probability
 *   divided by theirs. For two classes it is the log-odds. Neither between 0 and 1 nor a probability.
 */
export type Explained = 'probability' | 'share' | 'margin';

/** What led from the usual outcome to that of one sample. */
export interface Explanation {
  readonly explained: Explained;
  /** Mean of each class over the reference samples, in class order. */
  readonly base: readonly number[];
  /** By feature in schema order, by class in class order; `base` and all of them sum to `total`. */
  readonly contributions: readonly (readonly number[])[];
  /** Standard errors of the contributions, likewise; absent where these are exact. */
  readonly errors?: readonly (readonly number[])[];
  /** What the sample has, of each class. */
  readonly total: readonly number[];
  /** How many samples it was compared with. */
  readonly referenceCount: number;
}

/** What every method is given: a setting in which rows are encoded. */
export interface MethodSetting {
  readonly classCount: number;
  readonly featureCount: number;
  /** Index of the feature of each column of an encoded row: columns of one feature come from the same row together. */
  readonly columnFeatures: readonly number[];
  /** `referenceCount` encoded rows, row-major. */
  readonly references: Float64Array;
  readonly referenceCount: number;
}

/** What a method finds for one encoded row. */
interface Attribution {
  /** Of each class. */
  readonly base: ArrayLike<number>;
  /** `featureCount` × `classCount`, row-major. */
  readonly contributions: ArrayLike<number>;
  /** Their standard errors, where they are estimated. */
  readonly errors?: ArrayLike<number>;
}

/** A method that is prepared: what it explains, and how one row. */
export interface Method {
  readonly explained: Explained;
  readonly attribute: (row: Float64Array) => Attribution;
}

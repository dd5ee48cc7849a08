/** What a comparison says. */
import type { Distribution } from './distribution.ts';

/** `too few`: nothing can be said yet. */
export type Verdict = 'drift' | 'none' | 'too few';

/** One column, compared. Figures are null where there are too few values on either side. */
export interface ColumnDrift {
  /** Name of the feature; for the predicted classes, of the target. */
  readonly name: string;
  readonly role: 'feature' | 'prediction';
  readonly type: 'num' | 'cat';
  readonly test: 'ks' | 'chisquare';
  /** Kolmogorov–Smirnov distance, or Pearson's chi-squared. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** By Holm's method over all columns that were tested. */
  readonly pAdjusted: number | null;
  readonly effectName: 'wasserstein' | 'jensenshannon';
  /** Wasserstein-1 distance over the reference's standard deviation; Jensen–Shannon distance for classes and levels. */
  readonly effect: number | null;
  /** The most by which `effect` can be wrong: above 0 only for columns of many distinct values. */
  readonly effectError: number;
  /** Share of rows without a value that the column can have. */
  readonly missingShare: number;
  readonly nReference: number;
  /** Values, without the missing ones. */
  readonly nCurrent: number;
  /** For a picture, however few values there are. */
  readonly distribution: Distribution;
  readonly verdict: Verdict;
}

/** All columns of a window. */
export interface DriftReport {
  /** `drift` when one column or more has it; `too few` when no column could be tested. */
  readonly verdict: Verdict;
  readonly alpha: number;
  readonly minEffect: number;
  readonly minRows: number;
  /** Rows of the window. */
  readonly rows: number;
  /** Features in their order, then the predicted classes. */
  readonly columns: readonly ColumnDrift[];
}

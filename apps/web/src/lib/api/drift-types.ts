/** What the API answers of drift and of accuracy over time. */

export type DriftVerdict = 'drift' | 'none' | 'too few';

/** `GET /drift`: live predictions against the training data. */
export interface DriftReport {
  readonly from: string;
  readonly to: string;
  /** Predictions compared. */
  readonly rows: number;
  readonly verdict: DriftVerdict;
  readonly number_of_columns: number;
  readonly number_of_drifted_columns: number;
  readonly share_of_drifted_columns: number;
  readonly alpha: number;
  readonly min_effect: number;
  readonly min_rows: number;
  readonly drift_by_columns: Readonly<Record<string, DriftColumn>>;
  readonly accuracy: {
    /** To expect without labels; null without predictions. */
    readonly estimated: number | null;
    readonly estimated_rows: number;
    readonly judged: number | null;
    /** Ends of the 95 % Wilson interval around the estimate; null without feedback. */
    readonly actual: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  };
}

/** One feature, or the predicted classes; figures are null where there are too few values. */
export interface DriftColumn {
  readonly column_name: string;
  readonly column_role: 'feature' | 'prediction';
  readonly stattest_name: 'ks' | 'chisquare';
  readonly statistic: number | null;
  /** The p-value before its correction over all columns. */
  readonly drift_score: number | null;
  readonly p_adjusted: number | null;
  readonly effect_name: 'wasserstein' | 'jensenshannon';
  readonly effect: number | null;
  readonly missing_share: number;
  readonly n_reference: number;
  readonly n_current: number;
  readonly verdict: DriftVerdict;
  /** Of the columns that alarm first. */
  readonly distribution?: DriftDistribution;
}

/** Shares by bin: below the first edge, in each bin, from the last edge on; or of each category and of all others. */
export interface DriftDistribution {
  readonly edges?: readonly number[];
  readonly categories?: readonly string[];
  /** Of the training rows. */
  readonly reference: readonly number[];
  /** Of the predictions. */
  readonly current: readonly number[];
}

/** `GET /predictions/timeline`: every piece of a span, the earliest first. */
export interface PredictionTimeline {
  readonly period_seconds: number;
  readonly periods: readonly {
    readonly start: string;
    readonly predictions: number;
    readonly judged: number;
    readonly accuracy: { readonly estimate: number; readonly low: number; readonly high: number } | null;
    /** The busiest first. */
    readonly by_version: readonly { readonly version: string | null }[];
  }[];
}

/** `GET /drift/timeline`: the same pieces; figures are null where there are too few predictions. */
export interface DriftTimeline {
  readonly period_seconds: number;
  readonly periods: readonly {
    readonly start: string;
    readonly share_of_drifted_columns: number | null;
    readonly greatest_effect: number | null;
    readonly greatest_effect_column: string | null;
  }[];
}

/** The model file's content: one JSON document that holds everything needed to serve, explain and judge a model. */
import type { DatasetSchema, Sample } from '@iris/dataset';
import type { ModelKind, ModelParameters } from '@iris/model';

/** A figure with its standard error over folds (null where a single hold-out gives none). */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number | null;
}

/** What the evaluation measured, on samples that the evaluated fits had not seen. */
export interface ModelMetrics {
  /** `full`: 10 × stratified 10-fold, or a stratified hold-out above 500 rows; `holdout`: one stratified hold-out; `none`: not measured. */
  readonly method: 'cross-validation' | 'holdout' | 'none';
  /** Fits that the figures are taken over; 0 when not measured. */
  readonly folds: number;
  readonly accuracy: Estimate | null;
  /** Mean negative log-likelihood, natural logarithm. */
  readonly logLoss: Estimate | null;
  /** Multiclass Brier score: mean over samples of the summed squared probability errors, 0 to 2. */
  readonly brier: Estimate | null;
  /** Probability of the predicted class, whose distance from `accuracy` is how far the probabilities are from calibrated; absent in older files. */
  readonly confidence?: Estimate | null;
  /** `[true class][predicted class]`, counts summed over folds; empty when not measured. */
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** A model file's JSON document, `formatVersion` 2. Published as JSON Schema in `@iris/model-file/schema.json`. */
export interface ModelDocument {
  readonly formatVersion: 2;
  /** Algorithm: also the served name unless `MODEL_NAME` says otherwise. */
  readonly model: ModelKind;
  /** The version given at training, such as `0.1.0`. */
  readonly version: string;
  /** Columns and classes of the training data. */
  readonly dataset: DatasetSchema;
  /** Up to 1,000 training samples with their class indexes: for plots, drift and explanation. */
  readonly reference: { readonly samples: readonly Sample[]; readonly labels: readonly number[] };
  readonly parameters: ModelParameters;
  readonly metrics: ModelMetrics;
  readonly training: {
    readonly sampleCount: number;
    readonly seed: number;
    /** Library and version that fitted the parameters, such as `ml-random-forest 2.1.0`. */
    readonly engine: string;
    /** Hyperparameters by name. */
    readonly options: Readonly<Record<string, number | string>>;
  };
  /** `sha256:` and 64 hex digits over the canonical JSON of all other members. */
  readonly checksum: string;
}

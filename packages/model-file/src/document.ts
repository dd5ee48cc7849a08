/** The model file's content: one JSON document that holds everything needed to serve, explain and judge a model. */
import type { DatasetSchema, FeatureValue, Sample } from '@iris/dataset';
import type { ModelKind, ModelParameters } from '@iris/model';

/** A figure with its standard error over folds (null where a single hold-out gives none). */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number | null;
}

/** Predictions whose probability of the predicted class lies in `(lower, lower + 0.1]`. */
interface ReliabilityBin {
  readonly lower: number;
  readonly count: number;
  /** Mean probability of the predicted class. */
  readonly confidence: number;
  /** Share of them that are right. */
  readonly accuracy: number;
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
  /** Mean recall of the classes; like the three below absent in older files. */
  readonly balancedAccuracy?: Estimate | null;
  /** Area under the ROC curve, of more than two classes the mean of each against the rest. */
  readonly rocAuc?: Estimate | null;
  /** Expected calibration error, 0 to 1. */
  readonly calibrationError?: number | null;
  /** How often predictions of each confidence are right: those within `(lower, lower + 0.1]`. */
  readonly reliability?: readonly ReliabilityBin[];
  /** `[true class][predicted class]`, counts summed over folds; empty when not measured. */
  readonly confusionMatrix: readonly (readonly number[])[];
}

/** What was measured of one algorithm on folds that all of a comparison share. */
export interface ComparedModel {
  /** An algorithm, or `majority`: the class shares of the training rows for every row, which whatever learns must beat. */
  readonly model: ModelKind | 'majority';
  /** Of all its fits and predictions. */
  readonly seconds: number;
  readonly accuracy: Estimate;
  readonly balancedAccuracy: Estimate;
  readonly rocAuc: Estimate | null;
  readonly logLoss: Estimate;
  readonly brier: Estimate;
  readonly calibrationError: number;
  /** Share of each class's rows that are recognised, in class order. */
  readonly recall: readonly (number | null)[];
  /** Share of the rows called each class that are of it; null where none is called so. */
  readonly precision: readonly (number | null)[];
}

/** How the algorithm was chosen. */
export interface Comparison {
  readonly models: readonly ComparedModel[];
  /** Algorithms that were not measured, and why. */
  readonly leftOut: readonly { readonly model: ModelKind; readonly reason: string }[];
  /** A sentence. */
  readonly reason: string;
}

/** How much worse the model gets without a feature: the rise of the mean log-loss on unseen rows when its values are those of other rows. */
export interface FeatureImportance {
  readonly feature: string;
  readonly mean: number;
  /** Of a 95 % interval over folds or repeats. */
  readonly low: number;
  readonly high: number;
}

/** What the model says on average as one feature changes and the others stay as they are. */
export interface PartialDependence {
  readonly feature: string;
  readonly points: readonly { readonly value: FeatureValue; readonly probabilities: readonly number[] }[];
}

/** Sets of classes that hold the true one with a stated probability, whichever class that is. */
export interface ConformalSets {
  /** The stated probability. */
  readonly level: number;
  /** Least probability of each class with which it belongs to a set; 0 where its rows are too few to promise anything. */
  readonly thresholds: readonly number[];
  /** Measured on held-out rows: how often sets held the true class, of each class (null without rows) and overall, and their mean size. */
  readonly coverage: { readonly byClass: readonly (number | null)[]; readonly overall: number; readonly setSize: number };
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
  /** Where the algorithm was chosen by comparing all. */
  readonly comparison?: Comparison;
  /** The most important first; absent in older files and where nothing was measured. */
  readonly importance?: readonly FeatureImportance[];
  /** Of the most important features. */
  readonly partialDependence?: readonly PartialDependence[];
  readonly conformal?: ConformalSets;
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

/** The API's answers, as its OpenAPI document describes them. */
import type { DatasetSchema, FeatureValue, Sample } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import type { Verdict } from '@iris/registry/catalogue';

export type { DatasetSchema, Feature, FeatureValue, NumericFeature, Sample } from '@iris/dataset';

/** `GET /version`; null while no model is loaded. */
export interface VersionAnswer {
  readonly version: string | null;
  readonly model: string | null;
  readonly dataset: string | null;
  readonly checksum: string | null;
  readonly build: string;
  readonly environment: string;
  /** Pod or host that answered. */
  readonly instance: string;
}

/** `GET /health`. */
export interface HealthAnswer {
  readonly status: 'healthy' | 'error';
  readonly model_loaded: boolean;
  readonly version: string | null;
  readonly current_model: string | null;
  readonly detail?: string;
}

/** `GET /api/backend` of the client itself: one instance's answers. */
export interface BackendInfo {
  readonly version: VersionAnswer;
  readonly health: HealthAnswer;
  /** `READY`, or the code that `/ready` answers, such as `DRAINING`. */
  readonly readiness: string;
}

/** `GET /model`. */
export interface ModelCard {
  readonly name: string;
  readonly algorithm: string;
  readonly version: string;
  readonly dataset: DatasetSchema;
  readonly metrics: ModelDocument['metrics'];
  readonly training: ModelDocument['training'];
  readonly checksum: string;
}

/** `GET /samples`: one row and one label each, in the order of `features`. */
export interface ReferenceSamples {
  readonly features: readonly string[];
  readonly samples: readonly Sample[];
  readonly labels: readonly string[];
}

/** Values by feature name. */
export type Instance = Readonly<Record<string, number | string>>;

/** `POST /predict`. */
export interface Prediction {
  readonly prediction: string;
  readonly class_index: number;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly model: string;
  readonly version: string;
  readonly request_id: string;
  readonly warnings?: readonly string[];
}

/** `POST /explain`: for each class `base` and all contributions sum to its probability. */
export interface ExplainedPrediction extends Omit<Prediction, 'request_id'> {
  readonly base: Readonly<Record<string, number>>;
  /** One for each feature, in the schema's order. */
  readonly contributions: readonly Contribution[];
  readonly reference_samples: number;
}

/** What a feature's value adds to each class's probability. */
export interface Contribution {
  readonly feature: string;
  readonly value: FeatureValue;
  readonly contributions: Readonly<Record<string, number>>;
}

/** `POST /predict/batch`. */
export interface PredictionBatch {
  readonly predictions: readonly Prediction[];
}

/** A row of `GET /predictions`; null in rows that others wrote. */
export interface LoggedPrediction {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
  readonly prediction: string;
  readonly request_id: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly features: Instance | null;
  readonly probabilities: Readonly<Record<string, number>> | null;
  readonly instance: string | null;
  /** What it was in fact, once someone told. */
  readonly feedback: string | null;
}

/** `GET /predictions`. */
export interface PredictionPage {
  readonly predictions: readonly LoggedPrediction[];
  readonly next_cursor: string | null;
}

/** `GET /predictions/stats`. */
export interface PredictionStats {
  readonly from: string;
  readonly to: string;
  readonly predictions: number;
  readonly by_class: Readonly<Record<string, number>>;
  readonly by_version: readonly VersionStats[];
}

/** What one version answered. */
export interface VersionStats {
  readonly version: string | null;
  readonly predictions: number;
  readonly by_class: Readonly<Record<string, number>>;
  /** Predictions with feedback. */
  readonly judged: number;
  readonly correct: number;
  /** Ends of the 95 % Wilson interval around the estimate; null without feedback. */
  readonly accuracy: { readonly estimate: number; readonly low: number; readonly high: number } | null;
}

/** `GET /models`. */
export interface ModelsAnswer {
  readonly source: 'registry' | 'mlflow' | 'file';
  /** Of MLflow the address, of a file its name. */
  readonly place: string | null;
  /** What the registry says is in service. */
  readonly current: string | null;
  /** What the instance serves that answered. */
  readonly served: string | null;
  readonly problem: string | null;
  /** Whether the model can be changed, else the code of the reason. */
  readonly change: { readonly allowed: boolean; readonly code: string | null; readonly detail: string | null };
  readonly total: number;
  /** Newest first. */
  readonly versions: readonly RegistryVersion[];
  readonly next_before: string | null;
  /** Newest first. */
  readonly history: readonly RegistryChange[];
}

/** A version; null is what no verdict says. */
export interface RegistryVersion {
  readonly name: string;
  readonly is_current: boolean;
  readonly verdict: 'passed' | 'refused' | null;
  readonly judged_at: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly accuracy: number | null;
  readonly log_loss: number | null;
  readonly calibration_error: number | null;
  /** Names of the gate's conditions. */
  readonly not_met: readonly string[];
}

/** A line of the registry's history. */
export interface RegistryChange {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly version: string;
  readonly previous: string | null;
  readonly reason: string;
  readonly forced: boolean;
}

/** `GET /models/{version}`. */
export interface VersionDetail {
  readonly name: string;
  readonly verdict: Verdict | null;
}

/** `PUT /models/current` and `POST /models/rollback`. */
export interface ChangedModel {
  readonly current: string;
  readonly previous: string | null;
}

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

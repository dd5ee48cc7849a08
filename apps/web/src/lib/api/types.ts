/** The API's answers, as its OpenAPI document describes them. */
import type { DatasetSchema, FeatureValue, Sample } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';

export type {
  CategoricalFeature,
  DatasetSchema,
  DateFeature,
  Feature,
  FeatureValue,
  NumericFeature,
  Sample,
} from '@iris/dataset';

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

/** `GET /`: of what it says, whether predictions are kept. */
export interface InfoAnswer {
  readonly prediction_log: 'on' | 'off';
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
export type Instance = Readonly<Record<string, FeatureValue>>;

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

/** `POST /explain`: for each class `base` and all contributions sum to its `total`. */
export interface ExplainedPrediction extends Omit<Prediction, 'request_id'> {
  /** What they are: probabilities, shares of a forest's votes, or log-odds. */
  readonly explained: 'probability' | 'share' | 'margin';
  readonly base: Readonly<Record<string, number>>;
  readonly total: Readonly<Record<string, number>>;
  /** One for each feature, in the schema's order. */
  readonly contributions: readonly Contribution[];
  readonly reference_samples: number;
}

/** What a feature's value adds to each class. */
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

/** The prediction log's port: what the API needs of a place that keeps predictions. Adapters implement it; one contract suite runs on all. */

/** One answered prediction. */
export interface PredictionRecord {
  /** UUID made when the prediction was answered: writing the same record twice keeps one row. */
  readonly recordId: string;
  /** The caller's id, or the one made for it; need not be unique. */
  readonly requestId: string;
  readonly createdAt: Date;
  /** Predicted class name; stored in the target's own column (`species`). */
  readonly label: string;
  /** Served model's name. */
  readonly model: string;
  readonly version: string;
  /** Value by feature name. */
  readonly features: Readonly<Record<string, number | string>>;
  /** Probability by class name. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Pod or host that answered. */
  readonly instance: string;
}

/** A kept prediction. Columns may be null in rows that others wrote by hand. */
export interface StoredPrediction {
  /** Position in the log; grows with time of writing. */
  readonly id: string;
  readonly requestId: string | null;
  readonly createdAt: Date;
  readonly label: string;
  readonly model: string | null;
  readonly version: string | null;
  readonly features: Readonly<Record<string, number | string>> | null;
  readonly probabilities: Readonly<Record<string, number>> | null;
  readonly instance: string | null;
  /** The true label, once someone told. */
  readonly feedback: string | null;
}

export interface PredictionQuery {
  /** 1 to 1,000. */
  readonly limit: number;
  /** `nextCursor` of the page before; absent for the newest page. */
  readonly cursor?: string;
  readonly version?: string;
  readonly label?: string;
}

export interface PredictionPage {
  /** Newest first. */
  readonly predictions: readonly StoredPrediction[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Counts over a span of time, one entry for each model version and label. */
export interface PredictionCount {
  readonly version: string | null;
  readonly label: string;
  readonly predictions: number;
  /** Rows with feedback, and how many of them were right. */
  readonly judged: number;
  readonly correct: number;
}

/** Half-open span of time `[from, to)`. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/**
 * A place that keeps predictions.
 *
 * Every method rejects with a `PredictionLogError` whose code says whether trying again can help.
 */
export interface PredictionStore {
  /** Keeps all records or none; a record whose `recordId` is already kept is left as it is. */
  append(records: readonly PredictionRecord[]): Promise<void>;
  list(query: PredictionQuery): Promise<PredictionPage>;
  count(span: TimeSpan): Promise<readonly PredictionCount[]>;
  /** Sets the true label of the newest row with that request id; false when there is none. */
  recordFeedback(requestId: string, label: string): Promise<boolean>;
  close(): Promise<void>;
}

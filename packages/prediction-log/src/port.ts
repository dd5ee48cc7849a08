/** The prediction log's port: what the API needs of a place that keeps predictions. Adapters implement it; one contract suite runs on all. */
import type { Batch } from './batch.ts';

/** What all predictions of a served model have in common. The log prepares itself once for each, by identity: keep one for as long as it serves. */
export interface PredictionSource {
  /** Served model's name. */
  readonly model: string;
  readonly version: string;
  /** Pod or host that answers. */
  readonly instance: string;
  readonly featureNames: readonly string[];
  readonly classes: readonly string[];
}

/** One answered prediction, as the writer takes it: read at once, so that its arrays may be used again. */
export interface Prediction {
  /** UUID made when the prediction was answered: writing the same prediction twice keeps one row. */
  readonly recordId: string;
  /** The caller's id, or `recordId` again; need not be unique. */
  readonly requestId: string;
  readonly createdAt: Date;
  readonly source: PredictionSource;
  /** Predicted class, as a place in `source.classes`. */
  readonly classIndex: number;
  /** In the order of `source.featureNames`. */
  readonly features: readonly (number | string | null)[];
  /** In the order of `source.classes`. */
  readonly probabilities: ArrayLike<number>;
}

/** A prediction as its line of a batch says it. */
export interface PredictionRecord {
  readonly recordId: string;
  readonly requestId: string;
  readonly createdAt: Date;
  /** Predicted class name; stored in the target's own column (`species`). */
  readonly label: string;
  readonly model: string;
  readonly version: string;
  /** Value by feature name. */
  readonly features: Readonly<Record<string, number | string | null>>;
  /** Probability by class name. */
  readonly probabilities: Readonly<Record<string, number>>;
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
  readonly features: Readonly<Record<string, number | string | null>> | null;
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

/** A span of time in pieces of equal length. */
export interface PeriodQuery {
  /** Beginning of the first piece: a whole minute. */
  readonly from: Date;
  /** How many pieces. */
  readonly periods: number;
  /** Length of each in milliseconds: whole minutes. */
  readonly periodMs: number;
}

/** Counts of one piece of time and model version. */
export interface PeriodCount extends Omit<PredictionCount, 'label'> {
  /** Place of the piece, the earliest is 0. */
  readonly period: number;
}

/** What a prediction was in fact. */
export interface Feedback {
  readonly requestId: string;
  readonly label: string;
  /** Whether a label that was given before gives way. */
  readonly replace?: boolean;
  /** Pseudonym of who tells it: the same for all that comes from one place. Without one it counts as coming from the one unknown place. */
  readonly source?: string;
}

/** `unknown`: no row has the request id. `ambiguous`: several have it. `judged`: the row has another label, and was left as it is. */
export type FeedbackOutcome = 'kept' | 'unknown' | 'ambiguous' | 'judged';

/** Half-open span of time `[from, to)`. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/** What a scan reads. */
export interface ScanQuery extends TimeSpan {
  readonly model?: string;
  readonly version?: string;
  /** At most so many, the newest; all when absent. */
  readonly limit?: number;
}

/** What statistics over many predictions need of each. */
export type ScannedPrediction = Pick<StoredPrediction, 'label' | 'features' | 'probabilities'>;

/** Rows of one of several spans. */
export interface NewestRows {
  /** Place of the span in what was asked for. */
  readonly span: number;
  readonly rows: readonly ScannedPrediction[];
}

/** The true label of a prediction as one source told it last: what a model can learn from. */
export interface JudgedPrediction extends Pick<StoredPrediction, 'createdAt' | 'features'> {
  readonly feedback: string;
  /** Who told it; null where nobody knows. */
  readonly source: string | null;
  /** Whether that source told another label before. */
  readonly changed: boolean;
}

/**
 * A place that keeps predictions.
 *
 * Every method rejects with a `PredictionLogError` whose code says whether trying again can help.
 */
export interface PredictionStore {
  /** Resolves when rows can be kept; rejects with the reason why not. */
  ready(): Promise<void>;
  /**
   * Keeps all rows or none; a row whose `recordId` is already kept is left as it is. The batch's bytes are the caller's again, and will
   * change, once this has resolved.
   */
  append(batch: Batch): Promise<void>;
  list(query: PredictionQuery): Promise<PredictionPage>;
  count(span: TimeSpan): Promise<readonly PredictionCount[]>;
  /** Counts piece by piece, by time and then version; pieces without a prediction have no entry. */
  countByPeriod(query: PeriodQuery): Promise<readonly PeriodCount[]>;
  /** Every prediction of a span, each once, part by part and in no order: memory does not grow with their number. */
  scan(query: ScanQuery): AsyncIterable<readonly ScannedPrediction[]>;
  /**
   * The newest predictions of each of some spans, at most `limit` of each: for each span once, in no order, as soon as its rows are there.
   * Spans do not overlap. Memory grows with their number.
   */
  scanNewest(spans: readonly TimeSpan[], limit: number): AsyncIterable<NewestRows>;
  /**
   * Feedback on the predictions of a span, part by part and in no order. One that was replaced by another source's is there too, so that nobody can take
   * another's word out of the log.
   */
  scanFeedback(span: TimeSpan): AsyncIterable<readonly JudgedPrediction[]>;
  /** Sets the true label of the one row with that request id. The same label again is kept already; another one only with `replace`. */
  recordFeedback(feedback: Feedback): Promise<FeedbackOutcome>;
  close(): Promise<void>;
}

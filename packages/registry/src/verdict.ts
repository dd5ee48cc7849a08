/** What a gate says of a candidate, with all figures: the content of `verdict.json`. */

/** What was measured of one model. */
export interface ModelFigures {
  /** Algorithm, such as `rf`. */
  readonly model: string;
  /** Version that the model was given when it was trained, such as `0.1.0`. */
  readonly version: string;
  /** Name of its dataset. */
  readonly dataset: string;
  /** Mean over the folds, on rows that the fits had not seen. */
  readonly accuracy: number;
  /** Mean negative log-likelihood, natural logarithm. */
  readonly logLoss: number;
  /** Share of each class's rows that are recognised. */
  readonly recall: Readonly<Record<string, number>>;
  /** Expected calibration error in ten bins, 0 to 1. */
  readonly calibrationError: number;
  /** Of one prediction, measured where the gate ran. */
  readonly latencyMs: number;
  /** Size of the model file. */
  readonly bytes: number;
}

/** How the current model took part. */
export interface CurrentFigures extends ModelFigures {
  /** Name in the registry. */
  readonly name: string;
  /** `refitted`: its algorithm and options on those rows of each training part that it has seen; `as it stands`: its file, on rows that it has not seen. */
  readonly basis: 'refitted' | 'as it stands';
  /** The candidate's log-loss on the rows that both were compared on. */
  readonly candidateLogLoss: number;
}

/** A paired test of two models on the same rows; differences are candidate − current, so that a positive one is worse. */
export interface PairedComparison {
  readonly test: 'Nadeau–Bengio corrected resampled t-test' | 'paired t-test';
  /** Mean difference of the log-loss, in nats. */
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Both ends of the interval of 1 − 2α around the difference: its lower end is above 0 just when the test refuses. */
  readonly interval: readonly [lower: number, upper: number];
  /** Probability of a difference as large as this one or larger if the candidate were no worse. */
  readonly p: number;
  readonly alpha: number;
}

/** What a candidate learned from beside the rows that it is judged by, and how both models do there. Nothing is asked of it: who sends feedback is not known. */
export interface FeedbackFigures {
  /** Rows with feedback in the log. */
  readonly found: number;
  /** Those that the candidate was fitted on, and from how many places they came. */
  readonly taken: number;
  readonly sources: number;
  /** Number of the others by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Taken rows that are new to the model in service: both are compared on them. */
  readonly compared: number;
  /** By models of the trusted rows and the other feedback, in five parts; null where no row is compared. */
  readonly candidate: FeedbackScores | null;
  /** Its file as it stands; null also where no model is in service, or none that can be compared. */
  readonly current: FeedbackScores | null;
}

/** Of one model on the rows with feedback. */
export interface FeedbackScores {
  readonly accuracy: number;
  readonly logLoss: number;
}

/** What a condition compares: shares and losses as numbers, `p` a probability, `ms` milliseconds. */
export interface Measure {
  readonly value: number;
  readonly bound: number;
  /** Whether the value must be at least the bound, rather than at most. */
  readonly isLeast: boolean;
  readonly unit: 'number' | 'p' | 'ms' | 'bytes';
}

/** One condition. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** The figures and the bound, in words. */
  readonly detail: string;
  /** The same as numbers; absent where there is no figure, and in verdicts of earlier versions. */
  readonly measure?: Measure;
}

/** The gate's verdict. */
export interface Verdict {
  readonly formatVersion: 1;
  readonly verdict: 'passed' | 'refused';
  /** ISO 8601. */
  readonly judgedAt: string;
  readonly judgedBy: string;
  readonly evaluation: { readonly method: string; readonly folds: number; readonly seed: number };
  readonly candidate: ModelFigures;
  /** Null where no model was in service, or none that can be compared. */
  readonly current: CurrentFigures | null;
  readonly comparison: PairedComparison | null;
  readonly checks: readonly Check[];
  /** Only of a model that was trained on feedback too. */
  readonly feedback?: FeedbackFigures;
}

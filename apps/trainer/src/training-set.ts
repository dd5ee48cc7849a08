/** What a model is fitted on. */
import { appendRows, type Dataset } from '@iris/dataset';
import type { FeedbackFigures } from '@iris/registry';

/** Rows with feedback that were taken, and what became of the others. */
export interface TakenFeedback extends Pick<FeedbackFigures, 'found' | 'sources' | 'leftOut'> {
  /** Of the schema of the trusted rows. */
  readonly dataset: Dataset;
}

/** Rows to fit on. */
export interface TrainingSet {
  /** The trusted ones: every model is judged by them alone. */
  readonly base: Dataset;
  /** Every fit learns from these too. */
  readonly feedback?: TakenFeedback;
}

/** All rows, the trusted ones first. */
export function wholeOf({ base, feedback }: TrainingSet): Dataset {
  return feedback ? appendRows(base, feedback.dataset) : base;
}

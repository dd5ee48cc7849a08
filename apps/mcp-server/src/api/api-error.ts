/** What can go wrong when the API is asked, as a code that tools tell, and what to do about it. */

/** One value that the API refuses. */
export interface FieldFault {
  /** JSON pointer into the arguments. */
  readonly pointer: string;
  readonly detail: string;
}

/** A call that has no result; `code` is the API's own, or one of this server's. */
export class CallError extends Error {
  readonly code: string;
  readonly errors: readonly FieldFault[];

  constructor(code: string, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.name = 'CallError';
    this.code = code;
    this.errors = errors;
  }
}

const TRY_AGAIN = 'Try again in a few seconds.';
const TELL_OPERATOR = 'Tell the operator of this server; trying again will not help.';

/** What a caller can do, by code: the API's, listed in docs/errors.md, and this server's own, in the README. A test compares. */
export const ADVICE: Readonly<Record<string, string>> = {
  VALIDATION_FAILED:
    'Correct the arguments named above; the tool’s input schema gives units, ranges and classes. Do not guess a missing value: ask for it.',
  FEEDBACK_GIVEN: 'Pass replace: true if the person says that the earlier label was wrong.',
  REQUEST_ID_AMBIGUOUS: 'Several predictions have this request_id: leave it out of predict, and use the one in its answer.',
  PREDICTION_NOT_FOUND: 'Use the request_id of a logged prediction, as list-predictions shows it.',
  LOG_NOT_CONFIGURED: 'Predictions are not kept here, so that there is nothing to list, count or judge; predicting works.',
  LOG_UNAVAILABLE: `The prediction log is away for the moment; predicting works. ${TRY_AGAIN}`,
  EXPLANATION_REFERENCES:
    'This model’s file has no samples to compare with, so that no prediction of it can be explained; predicting works.',
  EXPLANATION_TIMEOUT: `Explaining took too long; predicting works. ${TRY_AGAIN}`,
  DRIFT_TIMEOUT: `The predictions are still being read. ${TRY_AGAIN}`,
  OVERLOADED: TRY_AGAIN,
  MODEL_NOT_LOADED: `The API has no model yet. ${TRY_AGAIN}`,
  MODEL_UNKNOWN: `The API has not told its model yet. ${TRY_AGAIN}`,
  API_UNREACHABLE: `The API cannot be reached. ${TRY_AGAIN}`,
  API_TIMEOUT: `The API did not answer in time. ${TRY_AGAIN}`,
  API_ANSWER_INVALID: `What answers at API_URL is not this API. ${TELL_OPERATOR}`,
  UNAUTHORIZED: `The API refuses this server’s key (API_KEY). ${TELL_OPERATOR}`,
  NOT_FOUND: `The API is older than this server and does not offer it. ${TELL_OPERATOR}`,
  INTERNAL: `Something failed inside; it has been logged. ${TELL_OPERATOR}`,
};

/** What to do about a code; for one that is not known, to try again. */
export function adviceOn(code: string): string {
  return ADVICE[code] ?? TRY_AGAIN;
}

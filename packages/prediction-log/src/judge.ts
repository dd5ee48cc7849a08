/** The rule of feedback that every adapter keeps: an id is judged where it is unique, and once. */
import type { Feedback, FeedbackOutcome } from './port.ts';

/** What the log has for a request id. */
export interface Found {
  /** Rows with it; two stand for any more. */
  readonly found: number;
  /** Label that the row was given before. */
  readonly before: string | null;
}

/** What becomes of the feedback; `kept` also when the row has that label already. */
export function judge({ found, before }: Found, { label, replace = false }: Feedback): FeedbackOutcome {
  if (found === 0) return 'unknown';
  if (found > 1) return 'ambiguous';
  return before === null || before === label || replace ? 'kept' : 'judged';
}

/** Where a person is with a file: none, being read, refused, or open and perhaps scored. A value, changed by actions only. */
import { ApiProblem } from '../../lib/api/client.ts';
import type { AnswerSummary } from './answers.ts';
import type { ScoreOutcome } from './batch-job.ts';
import type { FileSummary } from './summary.ts';
import type { Refusal } from './table.ts';

/**
 * `waiting`: a request failed and is sent again by itself. `stopped`: it failed in a way that only a person can change.
 */
type ScoringState = 'idle' | 'running' | 'waiting' | 'stopped' | 'cancelled' | 'done';

export interface Scoring {
  readonly state: ScoringState;
  /** Rows that have their answer. */
  readonly done: number;
  /** Of the last request that failed, until one is answered. */
  readonly problem: ApiProblem | undefined;
  /** Once it has ended, in whatever way. */
  readonly answers: AnswerSummary | undefined;
}

/** More than one file is refused before any is read. */
export type ShownRefusal = Refusal | { readonly kind: 'several' };

export type BatchState =
  | { readonly phase: 'empty' }
  | { readonly phase: 'reading'; readonly name: string }
  | { readonly phase: 'refused'; readonly name: string; readonly refusal: ShownRefusal }
  | { readonly phase: 'open'; readonly name: string; readonly summary: FileSummary; readonly scoring: Scoring };

export type BatchAction =
  | { readonly type: 'read'; readonly name: string }
  | { readonly type: 'refuse'; readonly name: string; readonly refusal: ShownRefusal }
  | { readonly type: 'open'; readonly name: string; readonly summary: FileSummary }
  | { readonly type: 'start' }
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'end'; readonly outcome: ScoreOutcome; readonly answers: AnswerSummary };

/** No file yet. */
export const NO_FILE: BatchState = { phase: 'empty' };

const NOT_SCORED: Scoring = { state: 'idle', done: 0, problem: undefined, answers: undefined };

/** The state after an action. What comes from a file that is no longer open changes nothing. */
export function changeBatch(state: BatchState, action: BatchAction): BatchState {
  switch (action.type) {
    case 'read':
      return { phase: 'reading', name: action.name };
    case 'refuse':
      return { phase: 'refused', name: action.name, refusal: action.refusal };
    case 'open':
      return { phase: 'open', name: action.name, summary: action.summary, scoring: NOT_SCORED };
    default:
      return state.phase === 'open' ? { ...state, scoring: changeScoring(state.scoring, action) } : state;
  }
}

function changeScoring(scoring: Scoring, action: Extract<BatchAction, { type: 'start' | 'progress' | 'end' }>): Scoring {
  switch (action.type) {
    case 'start':
      return { ...scoring, state: 'running' };
    case 'progress':
      return { ...scoring, done: action.done, problem: undefined };
    case 'end': {
      const { outcome, answers } = action;
      const done = answers.answered + answers.refused;
      return { ...endOf(outcome), done, answers };
    }
  }
}

function endOf(outcome: ScoreOutcome): Pick<Scoring, 'state' | 'problem'> {
  if (outcome.ended !== 'failed') return { state: outcome.ended, problem: undefined };
  const { code, status, detail } = outcome.problem;
  const refused = status >= 400 && status < 500;
  return { state: refused ? 'stopped' : 'waiting', problem: new ApiProblem(code, status, detail) };
}

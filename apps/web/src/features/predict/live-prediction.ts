/** A prediction that follows the form: asked as it changes, kept in the log when told to, and never another sample's. */
import { ApiProblem, type PredictOptions } from '../../lib/api/client.ts';
import type { Instance, Prediction } from '../../lib/api/types.ts';
import { createLatest } from './latest.ts';

/** From the last change of the form until the model is asked. */
const DEBOUNCE_MS = 120;
/** Until a question that failed is asked again: soon where the API is away, less often where it refuses. */
const RETRY_MS = 2000;
const RETRY_REFUSED_MS = 10_000;

/** What was asked and what came back. */
export interface Answered {
  readonly instance: Instance;
  readonly prediction: Prediction;
  /** From the question to its answer, in milliseconds. */
  readonly tookMs: number;
  readonly logged: boolean;
}

/**
 * Where the prediction stands.
 *
 * `answer` belongs to the sample in the form only in the phase `answered`; while `waiting` or `keeping` (the press of "Predict") it is the one before.
 */
export interface PredictionState {
  readonly phase: 'idle' | 'waiting' | 'keeping' | 'answered' | 'failed';
  readonly answer?: Answered | undefined;
  readonly problem?: ApiProblem;
}

/** What the prediction needs of the world. */
export interface LivePredictionDependencies {
  readonly predict: (instance: Instance, options: PredictOptions) => Promise<Prediction>;
  /** Clock in milliseconds. */
  readonly now: () => number;
}

export interface LivePrediction {
  /** The sample in the form; undefined while it is not complete. */
  moveTo(instance: Instance | undefined): void;
  /** Asks at once, to be kept in the log. */
  keep(): void;
  /** Asks again, because another model answers now; what is kept stays. */
  refresh(): void;
  readonly state: () => PredictionState;
  /** Calls at every change of state, until the function that it returns is called. */
  subscribe(listener: () => void): () => void;
}

/** Makes one for an empty form. It asks nothing any more once it is moved to `undefined`. */
export function createLivePrediction({ predict, now }: LivePredictionDependencies): LivePrediction {
  const listeners = new Set<() => void>();
  const latest = createLatest();
  let state: PredictionState = { phase: 'idle' };
  let instance: Instance | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: PredictionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function askAfter(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => ask(false), wait);
  }

  function ask(logged: boolean): void {
    if (!instance) return;
    clearTimeout(timer);
    const asked = instance;
    const start = now();
    latest.ask(
      // What is to be kept is not aborted: nobody could tell whether it was.
      (signal) => predict(asked, logged ? { logged } : { logged, signal }),
      (prediction) => become({ phase: 'answered', answer: { instance: asked, prediction, tookMs: now() - start, logged } }),
      fail,
    );
  }

  function fail(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error;
    become({ phase: 'failed', problem: error });
    // The same sample would be refused again. What was to be kept is not sent twice either: it is asked, and told as not kept.
    if (error.code !== 'VALIDATION_FAILED') askAfter(isRefusal(error) ? RETRY_REFUSED_MS : RETRY_MS);
  }

  return {
    moveTo(next) {
      if (JSON.stringify(next) === JSON.stringify(instance)) return;
      instance = next;
      latest.drop();
      clearTimeout(timer);
      if (!next) return become({ phase: 'idle' });
      become({ phase: 'waiting', answer: state.answer });
      askAfter(DEBOUNCE_MS);
    },
    keep() {
      if (!instance) return;
      become({ phase: 'keeping', answer: state.answer });
      ask(true);
    },
    refresh() {
      if (state.phase === 'keeping' || (state.phase === 'answered' && state.answer?.logged)) return;
      ask(false);
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isRefusal({ status }: ApiProblem): boolean {
  return status >= 400 && status < 500;
}

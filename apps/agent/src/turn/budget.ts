/** What a turn may use of steps, tokens, tool calls and time; what it ran out of, once it has. */
import type { StopCondition, ToolSet } from 'ai';

/** The limits of a turn. */
export interface Limits {
  readonly MAX_STEPS: number;
  readonly MAX_TOKENS: number;
  readonly MAX_STEP_TOKENS: number;
  readonly MAX_TOOL_CALLS: number;
  readonly MAX_TURN_MS: number;
}

/** A limit that was reached. `shutdown` is the server's own: it ends. */
export type Exhausted = 'steps' | 'tokens' | 'tool calls' | 'time' | 'shutdown';

/** The budget of one turn. */
export interface Budget {
  /** Aborts the turn when its time is over. */
  readonly signal: AbortSignal;
  readonly stopWhen: StopCondition<ToolSet>;
  /** Counts a tool call; throws for one too many. */
  admitCall(): void;
  /** What has run out, the first of them. */
  exhausted(): Exhausted | undefined;
  /** Frees the timer. */
  end(): void;
}

/** Begins a budget. `closing` aborts when the server can wait no longer. */
export function startBudget(limits: Limits, closing: AbortSignal): Budget {
  const over = new AbortController();
  let exhausted: Exhausted | undefined;
  let calls = 0;
  const exhaust = (what: Exhausted) => {
    exhausted ??= what;
  };
  const abort = (what: Exhausted) => {
    exhaust(what);
    over.abort(new Error(`the turn's ${what} ran out`));
  };
  const timer = setTimeout(() => abort('time'), limits.MAX_TURN_MS);
  const onClosing = () => abort('shutdown');
  if (closing.aborted) onClosing();
  closing.addEventListener('abort', onClosing);
  return {
    signal: over.signal,
    stopWhen({ steps }) {
      const tokens = steps.reduce((sum, { usage }) => sum + (usage.totalTokens ?? 0), 0);
      if (steps.length >= limits.MAX_STEPS) exhaust('steps');
      else if (tokens >= limits.MAX_TOKENS) exhaust('tokens');
      return exhausted !== undefined;
    },
    admitCall() {
      calls++;
      if (calls <= limits.MAX_TOOL_CALLS) return;
      exhaust('tool calls');
      throw new Error(`A turn has ${limits.MAX_TOOL_CALLS} tool calls; this is one more.`);
    },
    exhausted: () => exhausted,
    end() {
      clearTimeout(timer);
      closing.removeEventListener('abort', onClosing);
    },
  };
}

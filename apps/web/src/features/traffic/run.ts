/** One observation of the traffic: what was asked, and what came back second by second. A value, changed by actions only. */
import type { ApiProblem } from '../../lib/api/client.ts';
import type { TrafficRound } from '../../lib/api/traffic.ts';

/** Probes of one observation, at most. */
export const MAX_REQUESTS = 15_000;
/** Probes a second to choose from. */
export const RATES = [5, 20, 50] as const;

export type Rate = (typeof RATES)[number];

/** A round of probes, and when it ended (ms since 1970). */
export interface Tick extends TrafficRound {
  readonly at: number;
}

export interface Run {
  readonly running: boolean;
  readonly rate: Rate;
  readonly ticks: readonly Tick[];
  /** Probes that were answered or failed. */
  readonly sent: number;
  /** Why the last round could not be asked for. */
  readonly problem: ApiProblem | undefined;
}

export type RunAction =
  | { readonly type: 'start' | 'pause' | 'reset' }
  | { readonly type: 'rate'; readonly rate: Rate }
  | { readonly type: 'round'; readonly round: TrafficRound; readonly at: number }
  | { readonly type: 'problem'; readonly problem: ApiProblem }
  | { readonly type: 'restore'; readonly run: Run };

/** Nothing is sent before someone starts it. */
export const NEW_RUN: Run = { running: false, rate: 20, ticks: [], sent: 0, problem: undefined };

/** The observation after an action. */
export function changeRun(run: Run, action: RunAction): Run {
  switch (action.type) {
    case 'start':
      return { ...run, running: run.sent < MAX_REQUESTS };
    case 'pause':
      return { ...run, running: false, problem: undefined };
    case 'reset':
      return { ...NEW_RUN, rate: run.rate, running: run.running && run.sent < MAX_REQUESTS };
    case 'rate':
      return { ...run, rate: action.rate };
    case 'round':
      return addTick(run, { at: action.at, ...action.round });
    case 'problem':
      return { ...run, problem: action.problem };
    case 'restore':
      return action.run;
  }
}

/** Probes to ask for next: none beyond the bound. */
export function nextRequests({ rate, sent }: Run): number {
  return Math.min(rate, MAX_REQUESTS - sent);
}

function addTick(run: Run, tick: Tick): Run {
  const sent = run.sent + countOf(tick.answers) + countOf(tick.failures);
  return { ...run, ticks: [...run.ticks, tick], sent, running: run.running && sent < MAX_REQUESTS, problem: undefined };
}

/** Sum of the counts. */
export function countOf(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

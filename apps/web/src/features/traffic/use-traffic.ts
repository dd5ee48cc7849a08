/** Runs an observation: a round of probes each second while it runs and its page is open. */
'use client';
import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { ApiProblem, observeTraffic } from '../../lib/api/client.ts';
import { changeRun, NEW_RUN, nextRequests, type Run, type RunAction } from './run.ts';
import { loadRun, saveRun } from './saved-run.ts';

const ROUND_MS = 1000;

/** The observation of this tab, and what changes it. */
export function useTraffic(): readonly [Run, Dispatch<RunAction>] {
  const [run, change] = useReducer(changeRun, NEW_RUN);
  useRounds(run, change);
  useReload(run, change);
  return [run, change];
}

function useRounds(run: Run, change: Dispatch<RunAction>): void {
  const { running } = run;
  const requests = nextRequests(run);
  // The round under way reads the newest values, so that a change of rate does not end it.
  const wanted = useRef(requests);
  wanted.current = requests;
  useEffect(() => {
    if (!running) return;
    const leaving = new AbortController();
    void sendRounds(() => wanted.current, change, leaving.signal);
    return () => leaving.abort();
  }, [running, change]);
}

async function sendRounds(requests: () => number, change: Dispatch<RunAction>, leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted && requests() > 0) {
    const next = performance.now() + ROUND_MS;
    try {
      const round = await observeTraffic(requests(), leaving);
      if (!leaving.aborted) change({ type: 'round', round, at: Date.now() });
    } catch (error) {
      if (leaving.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      change({ type: 'problem', problem: error });
    }
    await untilNextRound(next - performance.now(), leaving);
  }
}

/** Waits, or ends at once when the page is left. */
async function untilNextRound(ms: number, leaving: AbortSignal): Promise<void> {
  if (ms <= 0 || leaving.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  leaving.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

/** Keeps the observation over a reload: it goes on where it was. */
function useReload(run: Run, change: Dispatch<RunAction>): void {
  const newest = useRef(run);
  newest.current = run;
  useEffect(() => {
    const kept = loadRun(sessionStorage);
    if (kept) change({ type: 'restore', run: kept });
  }, [change]);
  useEffect(() => {
    const save = () => saveRun(sessionStorage, newest.current);
    addEventListener('pagehide', save);
    return () => {
      removeEventListener('pagehide', save);
      save();
    };
  }, []);
}

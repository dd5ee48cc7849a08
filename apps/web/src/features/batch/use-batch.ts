/** A file in a worker, and the state of the work on it. */
'use client';
import { proxy } from 'comlink';
import { type Dispatch, type RefObject, useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { DatasetSchema } from '../../lib/api/types.ts';
import { download } from '../../lib/download.ts';
import type { PreviewQuery, PreviewRow } from './batch-job.ts';
import { type BatchAction, type BatchState, changeBatch, NO_FILE } from './batch-state.ts';
import { type GetJob, useJob } from './use-job.ts';

/** Until a request that failed is sent again. */
const RETRY_MS = 2000;

/** A file, what is known of it, and what can be done with it. */
export interface Batch {
  readonly state: BatchState;
  readonly choose: (files: readonly File[]) => void;
  readonly score: (logged: boolean) => void;
  readonly cancel: () => void;
  readonly save: (logged: boolean) => void;
  readonly preview: (query: PreviewQuery) => Promise<PreviewRow[]>;
}

/** The work on one file at a time; the file is read again when the dataset's schema changes. */
export function useBatch(schema: DatasetSchema): Batch {
  const job = useJob();
  const [state, change] = useReducer(changeBatch, NO_FILE);
  const [file, setFile] = useState<File>();
  const opening = useOpening(job, file, schema, change);
  const choose = useCallback(([first, ...others]: readonly File[]) => {
    if (others.length > 0) change({ type: 'refuse', name: '', refusal: { kind: 'several' } });
    // A file of the same name may have been saved anew: each choice is read.
    else if (first) setFile(first);
  }, []);
  const preview = useCallback((query: PreviewQuery) => job().preview(query), [job]);
  const tellOf =
    (mine: number): typeof change =>
    (action) =>
      mine === opening.current && change(action);
  return {
    state,
    choose,
    score: (logged) => void score(job, logged, tellOf(opening.current)),
    cancel: () => void cancel(job, tellOf(opening.current)),
    save: (logged) => void save(job, logged, scoredName(file?.name ?? '')),
    preview,
  };
}

/** Opens each file, and again under another schema. Counts the openings: what still comes of an earlier one is not told. */
function useOpening(
  job: GetJob,
  file: File | undefined,
  schema: DatasetSchema,
  change: Dispatch<BatchAction>,
): RefObject<number> {
  const opening = useRef(0);
  useEffect(() => {
    if (!file) return;
    const mine = ++opening.current;
    change({ type: 'read', name: file.name });
    void job()
      .open(file, schema)
      .then((opened) => {
        if (mine !== opening.current) return;
        if ('summary' in opened) change({ type: 'open', name: file.name, summary: opened.summary });
        else change({ type: 'refuse', name: file.name, refusal: opened.refusal });
      });
  }, [file, job, schema, change]);
  return opening;
}

async function score(job: GetJob, logged: boolean, tell: Dispatch<BatchAction>): Promise<void> {
  tell({ type: 'start' });
  const outcome = await job().score(
    logged,
    proxy((done) => tell({ type: 'progress', done })),
  );
  tell({ type: 'end', outcome, answers: await job().answers() });
}

/** Also ends the wait for an API that is away, during which the worker has nothing to cancel. */
async function cancel(job: GetJob, tell: Dispatch<BatchAction>): Promise<void> {
  await job().cancel();
  tell({ type: 'end', outcome: { ended: 'cancelled' }, answers: await job().answers() });
}

async function save(job: GetJob, logged: boolean, name: string): Promise<void> {
  download(await job().result(logged), name);
}

/** `flowers.csv` → `flowers-scored.csv`. */
function scoredName(name: string): string {
  return `${name.replace(/\.[^.]*$/, '')}-scored.csv`;
}

/** Calls `again` by itself while the scoring waits for the API. */
export function useRetry(waiting: boolean, again: () => void): void {
  const newest = useRef(again);
  newest.current = again;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => newest.current(), RETRY_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
}

/** A file in a worker, and the state of the work on it. */
'use client';
import { proxy, type Remote, wrap } from 'comlink';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { DatasetSchema } from '../../lib/api/types.ts';
import { download } from '../../lib/download.ts';
import type { BatchJob, PreviewQuery, PreviewRow } from './batch-job.ts';
import { type BatchState, changeBatch, NO_FILE } from './batch-state.ts';

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
  // Counts the files opened: what still comes of an earlier one is not told.
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
  }, [file, job, schema]);

  const score = useCallback(
    async (logged: boolean) => {
      const mine = opening.current;
      const tell: typeof change = (action) => mine === opening.current && change(action);
      tell({ type: 'start' });
      const outcome = await job().score(
        logged,
        proxy((done) => tell({ type: 'progress', done })),
      );
      tell({ type: 'end', outcome, answers: await job().answers() });
    },
    [job],
  );
  const choose = useCallback(([first, ...others]: readonly File[]) => {
    if (others.length > 0) change({ type: 'refuse', name: '', refusal: { kind: 'several' } });
    // A file of the same name may have been saved anew: each choice is read.
    else if (first) setFile(first);
  }, []);
  const preview = useCallback((query: PreviewQuery) => job().preview(query), [job]);

  return {
    state,
    choose,
    score: (logged) => void score(logged),
    async cancel() {
      await job().cancel();
      change({ type: 'end', outcome: { ended: 'cancelled' }, answers: await job().answers() });
    },
    async save(logged) {
      download(await job().result(logged), scoredName(file?.name ?? ''));
    },
    preview,
  };
}

/** Calls `score` again by itself while the scoring waits for the API. */
export function useRetry(waiting: boolean, score: () => void): void {
  const newest = useRef(score);
  newest.current = score;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => newest.current(), RETRY_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
}

/** The worker's job: started with the first file, ended with the page. */
function useJob(): () => Remote<BatchJob> {
  const started = useRef<{ readonly worker: Worker; readonly job: Remote<BatchJob> }>(undefined);
  useEffect(
    () => () => {
      started.current?.worker.terminate();
      started.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    if (!started.current) {
      const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { type: 'module' });
      started.current = { worker, job: wrap<BatchJob>(worker) };
    }
    return started.current.job;
  }, []);
}

/** `flowers.csv` → `flowers-scored.csv`. */
function scoredName(name: string): string {
  return `${name.replace(/\.[^.]*$/, '')}-scored.csv`;
}

/** The worker that holds the file: started with the first one, ended with the page. */
'use client';
import { type Remote, wrap } from 'comlink';
import { useCallback, useEffect, useRef } from 'react';
import type { BatchJob } from './batch-job.ts';

/** Gives the job of this page's worker. */
export type GetJob = () => Remote<BatchJob>;

/** Makes the getter; it stays the same. */
export function useJob(): GetJob {
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

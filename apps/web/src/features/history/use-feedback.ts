/** What the reader told of predictions, and how far each word has come. */
'use client';
import { useRef, useState } from 'react';
import { ApiProblem, sendFeedback } from '../../lib/api/client.ts';

/** A true class that was told: `kept` only once the API says so. */
export interface Told {
  readonly label: string;
  readonly progress: 'sending' | 'kept' | 'failed';
  /** Why it failed. */
  readonly problem?: ApiProblem;
}

export interface Feedback {
  /** What was told of a prediction on this page since it was opened. */
  readonly told: (requestId: string) => Told | undefined;
  /** Tells what a prediction was in fact; a failure keeps the choice. */
  readonly tell: (requestId: string, label: string) => void;
}

/** `onKept` is called after each word that was kept. */
export function useFeedback(onKept: () => void): Feedback {
  const [all, setAll] = useState<ReadonlyMap<string, Told>>(new Map());
  const queues = useRef(new Map<string, Promise<void>>());

  function set(requestId: string, told: Told): void {
    setAll((before) => {
      // An answer to an earlier choice tells nothing about the one that is shown.
      const isOutdated = told.progress !== 'sending' && before.get(requestId)?.label !== told.label;
      return isOutdated ? before : new Map(before).set(requestId, told);
    });
  }

  async function send(requestId: string, label: string): Promise<void> {
    try {
      await sendFeedback(requestId, label);
      set(requestId, { label, progress: 'kept' });
      onKept();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      set(requestId, { label, progress: 'failed', problem: error });
    }
  }

  return {
    told: (requestId) => all.get(requestId),
    tell(requestId, label) {
      set(requestId, { label, progress: 'sending' });
      // One after the other: of two choices the later must be the one that is kept.
      const earlier = queues.current.get(requestId) ?? Promise.resolve();
      queues.current.set(
        requestId,
        earlier.then(() => send(requestId, label)),
      );
    },
  };
}

/** Sends a change of the model, and tells how it went. */
'use client';
import { useState } from 'react';
import { ApiProblem, promoteVersion, rollBack } from '../../lib/api/client.ts';
import type { WantedChange } from './change-dialog.tsx';

export interface ChangeListeners {
  readonly onDone: (current: string) => void;
  readonly onRefused: () => void;
}

interface Words {
  readonly reason: string;
  readonly seen: string | null;
  readonly force: boolean;
}

export interface SentChange {
  readonly isSending: boolean;
  /** Why the last attempt was refused. */
  readonly problem: ApiProblem | undefined;
  readonly send: (wanted: WantedChange, words: Words) => void;
}

export function useChange({ onDone, onRefused }: ChangeListeners): SentChange {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();

  async function carryOut(wanted: WantedChange, { reason, seen, force }: Words): Promise<void> {
    setSending(true);
    setProblem(undefined);
    try {
      const change = { reason, seen };
      const { current } =
        wanted.action === 'rollback' ? await rollBack(change) : await promoteVersion(wanted.version.name, { ...change, force });
      onDone(current);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      onRefused();
    } finally {
      setSending(false);
    }
  }

  return { isSending, problem, send: (wanted, words) => void carryOut(wanted, words) };
}

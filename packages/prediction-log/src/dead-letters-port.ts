/** Where rows go that the store can never keep. */
import type { Batch } from './batch.ts';

/** Files in practice (subpath `spool`). */
export interface DeadLetters {
  /** Writes the rows and why they are there; rejects when it cannot. */
  keep(batch: Batch, reason: string): Promise<void>;
}

/** The lines of a batch, each with the reason and the time at its end: still lines of records. */
export function explainedLines({ bytes }: Batch, facts: Readonly<Record<string, string>>): string[] {
  const end = `,${JSON.stringify(facts).slice(1)}`;
  return bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(0, -1) + end);
}

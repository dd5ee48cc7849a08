/** What the writer knows of its rows and of what it depends on: counted up and told at each change. */
import type { Clock } from '../clock.ts';
import { createCounts } from './counts.ts';
import type { WriterEvent } from './events.ts';
import { Presence } from './presence.ts';

const MEMORY_FULL = 'memory is full';
const SPOOL_FULL = 'the spool is full';

/** The counts, whether store and spool are there, and who is told. */
export class Ledger {
  readonly counts = createCounts();
  readonly store: Presence;
  readonly spool: Presence;
  readonly #onEvent: (event: WriterEvent) => void;

  constructor(clock: Clock, onEvent: (event: WriterEvent) => void = () => undefined) {
    this.#onEvent = onEvent;
    this.store = new Presence(clock, {
      onAway: (reason) => {
        this.counts.timesAway += 1;
        onEvent({ kind: 'away', reason });
      },
      onBack: (awayMs) => {
        this.counts.timesBack += 1;
        onEvent({ kind: 'back', awayMs });
      },
    });
    this.spool = new Presence(clock, {
      onAway: (reason) => onEvent({ kind: 'spool-failing', reason }),
      onBack: () => onEvent({ kind: 'spool-back' }),
    });
  }

  tell(event: WriterEvent): void {
    this.#onEvent(event);
  }

  /** Rows that are lost. */
  drop(rows: number, reason: string): void {
    if (rows === 0) return;
    this.counts.dropped += rows;
    this.tell({ kind: 'dropped', rows, reason });
  }

  /** Rows for which memory has no room. */
  dropFromMemory(rows: number): void {
    this.drop(rows, MEMORY_FULL);
  }

  /** Rows that gave way to others in the spool, or found no room in memory because the spool fails. */
  dropFromSpool(rows: number): void {
    this.drop(rows, this.spool.isAway ? MEMORY_FULL : SPOOL_FULL);
  }

  onSpoolError({ message }: Error): void {
    this.counts.lastError = message;
    this.spool.away(message);
  }
}

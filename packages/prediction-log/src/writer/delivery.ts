/** One batch on its way to the store, in pieces when some of its rows are refused. */
import { type Batch, halveBatch, joinBatches } from '../batch.ts';
import { PredictionLogError } from '../errors.ts';
import type { PredictionStore } from '../port.ts';

/** What became of a piece. */
export interface DeliveryEvents {
  onWritten(rows: number): void;
  /** Resolves once the row stands elsewhere: until then it is among those without an answer. */
  onRefused(row: Batch, error: Error): Promise<void>;
}

/** Rows that leave memory or spool only when the store has answered. */
export class Delivery {
  readonly batch: Batch;
  /** Whether the rows also stand in the spool. */
  readonly spooled: boolean;
  #pieces: Batch[];

  constructor(batch: Batch, spooled: boolean) {
    this.batch = batch;
    this.#pieces = [batch];
    this.spooled = spooled;
  }

  /** Rows without an answer yet, oldest first. */
  remaining(): Batch {
    return joinBatches(this.#pieces);
  }

  /** Number of rows without an answer yet. */
  get rows(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.rows, 0);
  }

  /**
   * Appends all pieces in order. A refused piece is halved until the bad rows stand alone, so that one of them costs about
   * 2 log₂(rows) statements and never holds up the others.
   *
   * @throws what the store throws when trying again can help; the pieces without an answer remain, and may have been kept.
   */
  async deliver(store: PredictionStore, events: DeliveryEvents): Promise<void> {
    for (let piece = this.#pieces[0]; piece !== undefined; piece = this.#pieces[0]) {
      try {
        await store.append(piece);
        this.#pieces.shift();
        events.onWritten(piece.rows);
      } catch (error) {
        if (isTransient(error)) throw error;
        await this.#splitOrRefuse(piece, error as Error, events);
      }
    }
  }

  async #splitOrRefuse(piece: Batch, error: Error, events: DeliveryEvents): Promise<void> {
    if (piece.rows > 1) {
      this.#pieces.splice(0, 1, ...halveBatch(piece));
      return;
    }
    await events.onRefused(piece, error);
    this.#pieces.shift();
  }
}

/** An error without our code is a fault in handling a row: it would come again, and must not hold up the rest. */
function isTransient(error: unknown): boolean {
  return error instanceof PredictionLogError && error.code !== 'PREDICTION_LOG_REFUSED';
}

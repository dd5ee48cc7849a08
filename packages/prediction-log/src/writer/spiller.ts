/** Moves rows from memory into the spool, one batch at a time. */
import type { Clock } from '../clock.ts';
import type { PredictionRecord } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import type { RecordQueue } from './record-queue.ts';

/** Between what, and whom to tell. */
export interface SpillerOptions {
  readonly spool: Spool;
  readonly queue: RecordQueue;
  readonly clock: Clock;
  readonly batchRows: number;
  /** Rest after a failure of the spool. */
  readonly pauseMs: number;
  onDropped(rows: number): void;
  onError(error: Error): void;
}

/** The way from memory into the spool. */
export class Spiller {
  readonly #options: SpillerOptions;
  #moving: readonly PredictionRecord[] = [];
  #running: Promise<void> | undefined;
  #readyAt = Number.NEGATIVE_INFINITY;

  constructor(options: SpillerOptions) {
    this.#options = options;
  }

  /** Rows in neither: taken from memory, not yet kept by the spool. */
  get rows(): number {
    return this.#moving.length;
  }

  /** Whether rows are being moved. */
  get running(): boolean {
    return this.#running !== undefined;
  }

  /** False while it runs, and for a time after the spool has failed. */
  isReady(): boolean {
    return !this.running && this.#options.clock.now() >= this.#readyAt;
  }

  /** The end of the present run. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /**
   * Moves `older` to the front of the spool, then the queue's oldest rows to its end until `keep` are left. With a failing spool the
   * rows go back to the front of the queue.
   *
   * @param older rows that were recorded before all that wait in the spool
   */
  run(keep: number, older: readonly PredictionRecord[]): Promise<void> {
    this.#running = this.#moveAll(keep, older).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #moveAll(keep: number, older: readonly PredictionRecord[]): Promise<void> {
    const { spool, queue, batchRows } = this.#options;
    // Bounded by the rows of now: whoever waits for the end must not wait for those still arriving.
    let excess = queue.length - keep;
    try {
      if (older.length > 0) await this.#move(older, () => spool.unshift(older));
      for (; excess > 0; excess -= batchRows) {
        const records = queue.take(Math.min(excess, batchRows));
        await this.#move(records, () => spool.push(records));
      }
    } catch (error) {
      this.#putBack(error as Error);
    }
  }

  async #move(records: readonly PredictionRecord[], keep: () => Promise<number>): Promise<void> {
    this.#moving = records;
    this.#options.onDropped(await keep());
    this.#moving = [];
  }

  #putBack(error: Error): void {
    this.#options.onDropped(this.#options.queue.unshift(this.#moving));
    this.#moving = [];
    this.#readyAt = this.#options.clock.now() + this.#options.pauseMs;
    this.#options.onError(error);
  }
}

/** Moves rows from memory into the spool, one batch at a time. */
import type { Batch } from '../batch.ts';
import type { Clock } from '../clock.ts';
import type { Spool } from '../spool-port.ts';
import type { BatchQueue } from './batch-queue.ts';

/** Between what, and whom to tell. */
export interface SpillerOptions {
  readonly spool: Spool;
  readonly queue: BatchQueue;
  readonly clock: Clock;
  /** Rest after a failure of the spool. */
  readonly pauseMs: number;
  onDropped(rows: number): void;
  onError(error: Error): void;
  /** The spool has kept a batch. */
  onKept(): void;
}

/** The way from memory into the spool. */
export class Spiller {
  readonly #options: SpillerOptions;
  #moving: Batch | undefined;
  #running: Promise<void> | undefined;
  #readyAt = Number.NEGATIVE_INFINITY;

  constructor(options: SpillerOptions) {
    this.#options = options;
  }

  /** Rows in neither: taken from memory, not yet kept by the spool. */
  get rows(): number {
    return this.#moving?.rows ?? 0;
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
   * Moves `older` to the front of the spool, then the queue's oldest rows to its end until at most `keep` are left. With a failing spool the
   * rows go back to the front of the queue.
   *
   * @param older rows that were recorded before all that wait in the spool
   */
  run(keep: number, older: Batch | undefined): Promise<void> {
    this.#running = this.#moveAll(keep, older).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #moveAll(keep: number, older: Batch | undefined): Promise<void> {
    const { spool, queue } = this.#options;
    // Bounded by the rows of now, but for their last batch: whoever waits for the end must not wait for all that still arrive.
    let excess = queue.length - keep;
    try {
      if (older) await this.#move(older, () => spool.unshift(older));
      for (let batch = older; excess > 0; excess -= batch.rows) {
        batch = queue.take();
        if (!batch) return;
        await this.#move(batch, () => spool.push(batch));
      }
    } catch (error) {
      this.#putBack(error as Error);
    }
  }

  async #move(batch: Batch, keep: () => Promise<number>): Promise<void> {
    this.#moving = batch;
    this.#options.onDropped(await keep());
    this.#options.onKept();
    this.#moving = undefined;
  }

  #putBack(error: Error): void {
    if (this.#moving) this.#options.onDropped(this.#options.queue.unshift(this.#moving));
    this.#moving = undefined;
    this.#readyAt = this.#options.clock.now() + this.#options.pauseMs;
    this.#options.onError(error);
  }
}

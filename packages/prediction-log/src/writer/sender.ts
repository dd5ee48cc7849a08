/** Brings rows from spool and memory to the store, one batch at a time and in order, and tries again while it is away. */
import type { Batch } from '../batch.ts';
import type { Clock } from '../clock.ts';
import type { PredictionStore } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import { backoffMs } from './backoff.ts';
import type { BatchQueue } from './batch-queue.ts';
import { Delivery } from './delivery.ts';
import type { Ledger } from './ledger.ts';
import type { WriterLimits } from './limits.ts';
import type { SetAside } from './set-aside.ts';
import type { Spiller } from './spiller.ts';

/** From where, to where, and whom to tell. */
export interface SenderOptions {
  readonly store: PredictionStore;
  readonly queue: BatchQueue;
  readonly spool: Spool | undefined;
  readonly spiller: Spiller | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: WriterLimits;
  readonly ledger: Ledger;
  readonly setAside: SetAside;
  /** Called in the same turn as the last look at the queue, so that no one waits on a sender that has stopped looking. */
  onPause(): void;
}

/** The way to the store. */
export class Sender {
  readonly #options: SenderOptions;
  /** The batch that is being sent, or is to be sent again. */
  #delivery: Delivery | undefined;
  #attemptAt = 0;
  #sending: Promise<boolean> | undefined;
  /** Failed attempts in a row; above 0 the store is away. */
  #failures = 0;
  /** Whether the store has said that it takes rows, since the last failure. */
  #isProven = false;
  /** Set when a batch that is not full shall be sent too. */
  #due = false;
  #cancelRetry: (() => void) | undefined;
  #retries = true;
  #stopped = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Rows of memory that are on their way. */
  get rows(): number {
    return this.#delivery && !this.#delivery.spooled ? this.#delivery.rows : 0;
  }

  /** Whether a batch is being sent. */
  get isSending(): boolean {
    return this.#sending !== undefined;
  }

  /** Whether it rests until the next attempt. */
  get isResting(): boolean {
    return this.#cancelRetry !== undefined;
  }

  /** Whether the last attempt failed. */
  get isStoreAway(): boolean {
    return this.#failures > 0;
  }

  /** Away, or an answer is long overdue: then rows are safer in the spool than in memory. */
  isStoreSilent(): boolean {
    const { clock, limits } = this.#options;
    return this.isResting || (this.isSending && clock.now() - this.#attemptAt > limits.spillMs);
  }

  /** Sends until less than a full batch is left; false when the store is away. */
  send(): Promise<boolean> {
    this.#sending ??= this.#sendAll();
    return this.#sending;
  }

  /** Sends the last batch too, full or not. */
  sendAll(): Promise<boolean> {
    this.#due = true;
    return this.send();
  }

  /** Wait before the next attempt. */
  retryMs(): number {
    const { limits, random } = this.#options;
    return backoffMs(this.#failures, limits.retryFirstMs, limits.retryLongestMs, random());
  }

  /** From now on an attempt is made only when `send` is called. */
  endRetries(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#retries = false;
  }

  /** Lets go of a batch whose answer does not come: a late one changes nothing, because the `recordId` keeps rows single. */
  stop(): void {
    this.#stopped = true;
  }

  /** The rows of a batch without an answer, to go elsewhere; those from the spool are safe where they are. */
  takeDelivery(): Batch | undefined {
    if (!this.#delivery || this.#delivery.spooled) return undefined;
    const batch = this.#delivery.remaining();
    this.#delivery = undefined;
    return batch;
  }

  async #sendAll(): Promise<boolean> {
    try {
      await this.#prove();
      for (;;) {
        const delivery = this.#delivery ?? (await this.#nextDelivery());
        if (!delivery) {
          if (!this.#stopped) this.#onBack();
          return true;
        }
        await this.#deliver(delivery);
        if (this.#stopped) return false;
        this.#delivery = undefined;
      }
    } catch (error) {
      if (!this.#stopped) this.#onAway(error as Error);
      return false;
    } finally {
      this.#sending = undefined;
      this.#options.onPause();
    }
  }

  /** Also without a row to send: who looks at the log sees at the start, and not at the first row, that a password is wrong. */
  async #prove(): Promise<void> {
    if (this.#isProven) return;
    this.#attemptAt = this.#options.clock.now();
    await this.#options.store.ready();
    this.#isProven = true;
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { clock, store, spool, queue, setAside } = this.#options;
    // A store may still hold what an attempt has left without an answer.
    const isFirstAttempt = !this.isStoreAway;
    this.#attemptAt = clock.now();
    await delivery.deliver(store, {
      onWritten: (rows) => this.#onWritten(rows),
      onRefused: async (row, error) => {
        if (!this.#stopped) await setAside.keep(row, error);
      },
    });
    if (this.#stopped) return;
    if (delivery.spooled) await spool?.remove();
    else if (isFirstAttempt) queue.recycle(delivery.batch);
  }

  #onWritten(rows: number): void {
    const { clock, ledger } = this.#options;
    if (this.#stopped) return;
    ledger.counts.written += rows;
    this.#attemptAt = clock.now();
    this.#onBack();
  }

  #onBack(): void {
    const { ledger } = this.#options;
    if (this.isStoreAway) ledger.counts.lastError = null;
    this.#failures = 0;
    ledger.store.back();
  }

  /** The spool's rows are older than memory's, and those on their way to it too. */
  async #nextDelivery(): Promise<Delivery | undefined> {
    const { spiller } = this.#options;
    await spiller?.settled();
    const spooled = await this.#peekSpool();
    if (this.#stopped) return undefined;
    if (!spooled && spiller?.running) return this.#nextDelivery();
    this.#delivery = spooled ? new Delivery(spooled, true) : this.#takeFromQueue();
    return this.#delivery;
  }

  async #peekSpool(): Promise<Batch | undefined> {
    const { spool, ledger } = this.#options;
    try {
      return await spool?.peek();
    } catch (error) {
      // A spool that cannot be read must not keep the rows in memory from the store.
      ledger.onSpoolError(error as Error);
      return undefined;
    }
  }

  #takeFromQueue(): Delivery | undefined {
    const { queue } = this.#options;
    const batch = this.#due || queue.hasFullBatch ? queue.take() : undefined;
    if (queue.length === 0) this.#due = false;
    return batch && new Delivery(batch, false);
  }

  #onAway(error: Error): void {
    this.#failures += 1;
    this.#isProven = false;
    this.#options.ledger.counts.lastError = error.message;
    this.#options.ledger.store.away(error.message);
    if (!this.#retries) return;
    this.#cancelRetry = this.#options.clock.schedule(() => {
      this.#cancelRetry = undefined;
      void this.sendAll();
    }, this.retryMs());
  }
}

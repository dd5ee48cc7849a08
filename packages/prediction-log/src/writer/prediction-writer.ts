/** The writing side: takes rows without waiting, and brings each to the store, to the spool or into the count of the lost. */
import type { Clock } from '../clock.ts';
import type { PredictionRecord, PredictionStore } from '../port.ts';
import { encodeRecord } from '../record-json.ts';
import type { Spool } from '../spool-port.ts';
import { backoffMs } from './backoff.ts';
import { Delivery } from './delivery.ts';
import { DEFAULT_WRITER_LIMITS, type WriterLimits } from './limits.ts';
import { RecordQueue } from './record-queue.ts';

/** All that the writer needs; it makes nothing itself. */
export interface PredictionWriterOptions {
  readonly store: PredictionStore;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Absent: rows stay in memory only, up to its bound. */
  readonly spool?: Spool;
  /** Takes the rows that `close` could bring nowhere else, one line of JSON each. */
  readonly lastResort?: (lines: readonly string[]) => void;
  readonly limits?: Partial<WriterLimits>;
}

/**
 * Rows by where they are. At rest: recorded (and taken over from dead processes) = queued + spooled + written + refused + dropped +
 * handedOver.
 */
export interface WriterStats {
  /** In memory, those on their way included. */
  readonly queued: number;
  /** In the spool. */
  readonly spooled: number;
  readonly written: number;
  /** The oldest, given up when memory or spool was full. */
  readonly dropped: number;
  /** Rows that the store can never keep. */
  readonly refused: number;
  /** Given to `lastResort`. */
  readonly handedOver: number;
  /** Message of the last failure; null once the store is back. */
  readonly lastError: string | null;
}

/** What the API holds. */
export interface PredictionWriter {
  /** Takes a row; synchronous, never throws, never waits. */
  record(record: PredictionRecord): void;
  /** Writes what has been recorded so far; false when the store is away. */
  flush(): Promise<boolean>;
  stats(): WriterStats;
  /**
   * Writes what waits, for at most `deadlineMs`; the rest goes to the spool, else to `lastResort`, else is dropped. Nothing stays in
   * memory. The store stays open.
   */
  close(deadlineMs: number): Promise<WriterStats>;
}

/** Starts a writer; rows that a former process left in the spool are sent first. */
export function createPredictionWriter(options: PredictionWriterOptions): PredictionWriter {
  return new BufferedWriter(options);
}

/** With the spool full or failing too, memory holds this many times the bound at which it begins to spill. */
const MEMORY_FACTOR = 2;

class BufferedWriter implements PredictionWriter {
  readonly #options: PredictionWriterOptions;
  readonly #limits: WriterLimits;
  readonly #queue: RecordQueue;
  readonly #counts = { recorded: 0, written: 0, dropped: 0, refused: 0, handedOver: 0 };
  #lastError: string | null = null;
  /** The batch that is being sent, or is to be sent again. */
  #delivery: Delivery | undefined;
  #attemptAt = 0;
  /** Rows between memory and spool. */
  #moving: readonly PredictionRecord[] = [];
  #draining: Promise<boolean> | undefined;
  #spilling: Promise<void> | undefined;
  #spillAgainAt = Number.NEGATIVE_INFINITY;
  /** Failed attempts in a row; above 0 the store is away. */
  #failures = 0;
  /** Set when a batch that is not full shall be sent too. */
  #due = false;
  #cancelFlush: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #cancelMaintenance: (() => void) | undefined;
  #closed: Promise<WriterStats> | undefined;
  /** Set when `close` takes the rows away from a delivery that hangs. */
  #stopped = false;

  constructor(options: PredictionWriterOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_WRITER_LIMITS, ...options.limits };
    this.#queue = new RecordQueue(MEMORY_FACTOR * this.#limits.spillRows, MEMORY_FACTOR * this.#limits.spillBytes);
    if (!options.spool) return;
    if (options.spool.rows() > 0) this.#armFlush();
    this.#scheduleMaintenance(options.spool);
  }

  record(record: PredictionRecord): void {
    this.#counts.recorded += 1;
    if (this.#stopped) {
      this.#handOver([record]);
      return;
    }
    this.#counts.dropped += this.#queue.push(record);
    if (this.#queue.length >= this.#limits.batchRows) this.#onFullBatch();
    if (!this.#cancelFlush) this.#armFlush();
  }

  async flush(): Promise<boolean> {
    const { recorded } = this.#counts;
    while (this.#pending() > this.#counts.recorded - recorded) {
      if (this.#cancelRetry) return false;
      const before = this.#pending();
      this.#due = true;
      // No progress: a spool that cannot be read.
      if (!(await this.#drain()) || this.#pending() >= before) return false;
    }
    return true;
  }

  stats(): WriterStats {
    const { recorded: _recorded, ...counts } = this.#counts;
    return { queued: this.#queued(), spooled: this.#options.spool?.rows() ?? 0, ...counts, lastError: this.#lastError };
  }

  close(deadlineMs: number): Promise<WriterStats> {
    this.#closed ??= this.#finish(deadlineMs);
    return this.#closed;
  }

  #queued(): number {
    const delivered = this.#delivery && !this.#delivery.spooled ? this.#delivery.rows : 0;
    return this.#queue.length + this.#moving.length + delivered;
  }

  #pending(): number {
    return this.#queued() + (this.#options.spool?.rows() ?? 0);
  }

  #onFullBatch(): void {
    if (!this.#draining && !this.#cancelRetry) void this.#drain();
    const { spillRows, spillBytes } = this.#limits;
    if (this.#queue.length > spillRows || this.#queue.bytes > spillBytes) this.#spill(this.#queue.length >> 1);
  }

  #armFlush(): void {
    const { flushMs, spillMs } = this.#limits;
    this.#cancelFlush = this.#options.clock.schedule(() => this.#onFlush(), this.#failures > 0 ? spillMs : flushMs);
  }

  #onFlush(): void {
    this.#cancelFlush = undefined;
    this.#due = true;
    if (this.#isStoreSilent()) this.#spill(0);
    else if (!this.#draining) void this.#drain();
    // The end of a drain arms the next flush.
    if (this.#queue.length > 0 && (this.#draining || this.#cancelRetry)) this.#armFlush();
  }

  /** Away, or an answer is long overdue: then rows are safer in the spool than in memory. */
  #isStoreSilent(): boolean {
    if (this.#cancelRetry) return true;
    return this.#draining !== undefined && this.#options.clock.now() - this.#attemptAt > this.#limits.spillMs;
  }

  /** Sends until less than a full batch is left (nothing, when a flush is due); false when the store is away. */
  #drain(): Promise<boolean> {
    this.#draining ??= this.#sendAll();
    return this.#draining;
  }

  async #sendAll(): Promise<boolean> {
    try {
      for (;;) {
        await this.#spilling;
        this.#delivery ??= await this.#nextDelivery();
        if (!this.#delivery) return true;
        await this.#send(this.#delivery);
        if (this.#stopped) return false;
        this.#delivery = undefined;
      }
    } catch (error) {
      if (!this.#stopped) this.#onAway(error as Error);
      return false;
    } finally {
      // In the same turn as the last look at the queue, so that no one waits on a drain that has stopped looking.
      this.#draining = undefined;
      if (this.#queue.length > 0 && !this.#cancelFlush && !this.#closed) this.#armFlush();
    }
  }

  async #send(delivery: Delivery): Promise<void> {
    this.#attemptAt = this.#options.clock.now();
    await delivery.deliver(this.#options.store, {
      onWritten: (rows) => this.#onWritten(rows),
      onRefused: (_record, error) => {
        this.#counts.refused += 1;
        this.#lastError = error.message;
      },
    });
    if (delivery.spooled && !this.#stopped) await this.#options.spool?.remove();
  }

  #onWritten(rows: number): void {
    // After `close` has moved the rows elsewhere, a late answer changes nothing: the recordId keeps them single.
    if (this.#stopped) return;
    this.#counts.written += rows;
    this.#attemptAt = this.#options.clock.now();
    if (this.#failures > 0) this.#lastError = null;
    this.#failures = 0;
  }

  /** The spool's rows are older than memory's. */
  async #nextDelivery(): Promise<Delivery | undefined> {
    const spooled = await this.#peekSpool();
    if (spooled) return new Delivery(spooled, true);
    const { batchRows } = this.#limits;
    if (this.#queue.length === 0 || (!this.#due && this.#queue.length < batchRows)) return undefined;
    const records = this.#queue.take(batchRows);
    if (this.#queue.length === 0) this.#due = false;
    return new Delivery(records, false);
  }

  async #peekSpool(): Promise<readonly PredictionRecord[] | undefined> {
    try {
      return await this.#options.spool?.peek();
    } catch (error) {
      // A spool that cannot be read must not keep the rows in memory from the store.
      this.#lastError = (error as Error).message;
      return undefined;
    }
  }

  #onAway(error: Error): void {
    this.#failures += 1;
    this.#lastError = error.message;
    if (this.#closed) return;
    this.#cancelRetry = this.#options.clock.schedule(() => {
      this.#cancelRetry = undefined;
      this.#due = true;
      void this.#drain();
    }, this.#retryMs());
  }

  #retryMs(): number {
    const { retryFirstMs, retryLongestMs } = this.#limits;
    return backoffMs(this.#failures, retryFirstMs, retryLongestMs, this.#options.random());
  }

  /** Moves the oldest rows into the spool until `keep` are left, unless that is going on or has just failed. */
  #spill(keep: number): void {
    const { spool, clock } = this.#options;
    if (!spool || this.#spilling || clock.now() < this.#spillAgainAt) return;
    this.#spilling = this.#moveToSpool(spool, keep).finally(() => {
      this.#spilling = undefined;
    });
  }

  async #moveToSpool(spool: Spool, keep: number): Promise<void> {
    // Bounded by the rows of now: whoever waits for the end must not wait for those still arriving.
    let excess = this.#queue.length - keep;
    try {
      await this.#moveDelivery(spool);
      for (; excess > 0; excess -= this.#limits.batchRows) {
        const records = this.#queue.take(Math.min(excess, this.#limits.batchRows));
        await this.#move(records, () => spool.push(records));
      }
    } catch (error) {
      this.#counts.dropped += this.#queue.unshift(this.#moving);
      this.#moving = [];
      this.#lastError = (error as Error).message;
      this.#spillAgainAt = this.#options.clock.now() + this.#limits.retryLongestMs;
    }
  }

  /** A batch that failed is older than the spool's rows; one that is under way stays with its statement. */
  async #moveDelivery(spool: Spool): Promise<void> {
    if (!this.#delivery || this.#delivery.spooled || (this.#draining && !this.#stopped)) return;
    const records = this.#delivery.remaining();
    this.#delivery = undefined;
    await this.#move(records, () => spool.unshift(records));
  }

  async #move(records: readonly PredictionRecord[], keep: () => Promise<number>): Promise<void> {
    this.#moving = records;
    const dropped = await keep();
    // Not `+= await`, which would read the count before the wait and lose what is dropped meanwhile.
    this.#counts.dropped += dropped;
    this.#moving = [];
  }

  #scheduleMaintenance(spool: Spool): void {
    this.#cancelMaintenance = this.#options.clock.schedule(() => void this.#maintain(spool), this.#limits.maintainMs);
  }

  async #maintain(spool: Spool): Promise<void> {
    try {
      await spool.maintain();
    } catch (error) {
      this.#lastError = (error as Error).message;
    }
    if (this.#closed) return;
    this.#scheduleMaintenance(spool);
    if (spool.rows() > 0 && !this.#cancelRetry) void this.#drain();
  }

  async #finish(deadlineMs: number): Promise<WriterStats> {
    for (const cancel of [this.#cancelFlush, this.#cancelRetry, this.#cancelMaintenance]) cancel?.();
    this.#cancelRetry = undefined;
    await this.#sendUntil(deadlineMs);
    this.#stopped = true;
    await this.#spilling;
    if (this.#options.spool) await this.#moveToSpool(this.#options.spool, 0);
    const rest = this.#delivery && !this.#delivery.spooled ? this.#delivery.remaining() : [];
    this.#delivery = undefined;
    this.#handOver([...rest, ...this.#queue.take(this.#queue.length)]);
    await this.#options.spool?.close();
    return this.stats();
  }

  async #sendUntil(deadlineMs: number): Promise<void> {
    const { clock } = this.#options;
    const deadline = clock.now() + deadlineMs;
    let cancel: (() => void) | undefined;
    const expired = new Promise<boolean>((resolve) => {
      cancel = clock.schedule(() => resolve(true), deadlineMs);
    });
    for (let done = false; !done && clock.now() < deadline; ) {
      done = await Promise.race([this.flush(), expired]);
      if (!done) await Promise.race([expired, new Promise<void>((resolve) => clock.schedule(resolve, this.#retryMs()))]);
    }
    cancel?.();
  }

  #handOver(records: readonly PredictionRecord[]): void {
    if (records.length === 0) return;
    try {
      if (!this.#options.lastResort) throw new Error('closed with nowhere to put the rows that were left');
      this.#options.lastResort(records.map(encodeRecord));
      this.#counts.handedOver += records.length;
    } catch (error) {
      this.#counts.dropped += records.length;
      this.#lastError = (error as Error).message;
    }
  }
}

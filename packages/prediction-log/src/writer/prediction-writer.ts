/** The writing side: takes rows without waiting, and brings each to the store, to the spool or into the count of the lost. */
import type { PredictionRecord } from '../port.ts';
import { encodeRecord } from '../record-json.ts';
import type { Spool } from '../spool-port.ts';
import { backoffMs } from './backoff.ts';
import { Delivery } from './delivery.ts';
import { DEFAULT_WRITER_LIMITS, type WriterLimits } from './limits.ts';
import { RecordQueue } from './record-queue.ts';
import { Spiller } from './spiller.ts';
import type { PredictionWriter, PredictionWriterOptions, WriterStats } from './writer-contract.ts';

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
  readonly #spiller: Spiller | undefined;
  readonly #counts = { recorded: 0, written: 0, dropped: 0, refused: 0, handedOver: 0 };
  #lastError: string | null = null;
  /** The batch that is being sent, or is to be sent again. */
  #delivery: Delivery | undefined;
  #attemptAt = 0;
  #draining: Promise<boolean> | undefined;
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
    this.#spiller = this.#createSpiller(options.spool);
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

  #createSpiller(spool: Spool): Spiller {
    return new Spiller({
      spool,
      queue: this.#queue,
      clock: this.#options.clock,
      batchRows: this.#limits.batchRows,
      pauseMs: this.#limits.retryLongestMs,
      onDropped: (rows) => {
        this.#counts.dropped += rows;
      },
      onError: (error) => {
        this.#lastError = error.message;
      },
    });
  }

  #queued(): number {
    const delivered = this.#delivery && !this.#delivery.spooled ? this.#delivery.rows : 0;
    return this.#queue.length + (this.#spiller?.rows ?? 0) + delivered;
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
        const delivery = this.#delivery ?? (await this.#nextDelivery());
        if (!delivery) return true;
        await this.#send(delivery);
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

  /** The spool's rows are older than memory's, and those on their way to it too. */
  async #nextDelivery(): Promise<Delivery | undefined> {
    await this.#spiller?.settled();
    const spooled = await this.#peekSpool();
    if (this.#stopped) return undefined;
    if (!spooled && this.#spiller?.running) return this.#nextDelivery();
    this.#delivery = spooled ? new Delivery(spooled, true) : this.#takeFromQueue();
    return this.#delivery;
  }

  #takeFromQueue(): Delivery | undefined {
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

  #spill(keep: number): void {
    if (this.#spiller?.isReady()) void this.#spiller.run(keep, this.#draining ? [] : this.#takeDelivery());
  }

  /** The rows of a batch without an answer, to go elsewhere; those from the spool are safe where they are. */
  #takeDelivery(): PredictionRecord[] {
    if (!this.#delivery || this.#delivery.spooled) return [];
    const records = this.#delivery.remaining();
    this.#delivery = undefined;
    return records;
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
    await this.#spiller?.settled();
    await this.#spiller?.run(0, this.#takeDelivery());
    this.#handOver([...this.#takeDelivery(), ...this.#queue.take(this.#queue.length)]);
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

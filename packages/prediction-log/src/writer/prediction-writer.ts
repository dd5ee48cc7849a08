/** The writing side: takes rows without waiting, and brings each to the store, to the spool or into the count of the lost. */
import { type Batch, linesOf } from '../batch.ts';
import type { Prediction } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import { BatchQueue } from './batch-queue.ts';
import { createCounts } from './counts.ts';
import { DEFAULT_WRITER_LIMITS, type WriterLimits } from './limits.ts';
import { Sender } from './sender.ts';
import { Spiller } from './spiller.ts';
import type { PredictionWriter, PredictionWriterOptions, WriterStats } from './writer-contract.ts';

/** Starts a writer; rows that a former process left in the spool are sent first. */
export function createPredictionWriter(options: PredictionWriterOptions): PredictionWriter {
  return new BufferedWriter(options);
}

/** With the spool full or failing too, memory holds this many times the bound at which it begins to spill. */
const MEMORY_FACTOR = 2;

/** Decides when rows leave memory, and whereto: `Sender` brings them to the store, `Spiller` into the spool. */
class BufferedWriter implements PredictionWriter {
  readonly #options: PredictionWriterOptions;
  readonly #limits: WriterLimits;
  readonly #queue: BatchQueue;
  readonly #spiller: Spiller | undefined;
  readonly #sender: Sender;
  readonly #counts = createCounts();
  #cancelFlush: (() => void) | undefined;
  #cancelMaintenance: (() => void) | undefined;
  #closed: Promise<WriterStats> | undefined;
  /** Set when `close` has taken the rows away: later ones find neither sender nor spool. */
  #stopped = false;

  constructor(options: PredictionWriterOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_WRITER_LIMITS, ...options.limits };
    const { batchRows, spillRows, spillBytes } = this.#limits;
    this.#queue = new BatchQueue({ batchRows, maxRows: MEMORY_FACTOR * spillRows, maxBytes: MEMORY_FACTOR * spillBytes });
    this.#spiller = options.spool && this.#createSpiller(options.spool);
    this.#sender = this.#createSender();
    if (!options.spool) return;
    if (options.spool.rows() > 0) this.#armFlush();
    this.#scheduleMaintenance(options.spool);
  }

  record(prediction: Prediction): void {
    this.#counts.recorded += 1;
    try {
      this.#counts.dropped += this.#queue.push(prediction);
    } catch (error) {
      this.#counts.refused += 1;
      this.#counts.lastError = (error as Error).message;
      return;
    }
    if (this.#stopped) this.#handOver(this.#queue.take());
    else this.#onRecorded();
  }

  async flush(): Promise<boolean> {
    const { recorded } = this.#counts;
    while (this.#pending() > this.#counts.recorded - recorded) {
      if (this.#sender.isResting) return false;
      const before = this.#pending();
      // No progress: a spool that cannot be read.
      if (!(await this.#sender.sendAll()) || this.#pending() >= before) return false;
    }
    return true;
  }

  stats(): WriterStats {
    const { recorded: _recorded, dropped, ...counts } = this.#counts;
    const { spool } = this.#options;
    return {
      queued: this.#queued(),
      spooled: spool?.rows() ?? 0,
      dropped: dropped + (spool?.damagedRows() ?? 0),
      ...counts,
    };
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
      pauseMs: this.#limits.retryLongestMs,
      onDropped: (rows) => {
        this.#counts.dropped += rows;
      },
      onError: (error) => {
        this.#counts.lastError = error.message;
      },
    });
  }

  #createSender(): Sender {
    const { store, spool, clock, random } = this.#options;
    return new Sender({
      store,
      spool,
      clock,
      random,
      queue: this.#queue,
      spiller: this.#spiller,
      limits: this.#limits,
      counts: this.#counts,
      onPause: () => {
        if (this.#queue.length > 0 && !this.#cancelFlush && !this.#closed) this.#armFlush();
      },
    });
  }

  #queued(): number {
    return this.#queue.length + (this.#spiller?.rows ?? 0) + this.#sender.rows;
  }

  #pending(): number {
    return this.#queued() + (this.#options.spool?.rows() ?? 0);
  }

  #onRecorded(): void {
    if (this.#queue.hasFullBatch) this.#onFullBatch();
    if (!this.#cancelFlush) this.#armFlush();
  }

  #onFullBatch(): void {
    if (!this.#sender.isSending && !this.#sender.isResting) void this.#sender.send();
    const { spillRows, spillBytes } = this.#limits;
    if (this.#queue.length > spillRows || this.#queue.bytes > spillBytes) this.#spill(this.#queue.length >> 1);
  }

  #armFlush(): void {
    const { flushMs, spillMs } = this.#limits;
    const ms = this.#sender.isStoreAway ? spillMs : flushMs;
    this.#cancelFlush = this.#options.clock.schedule(() => this.#onFlush(), ms);
  }

  #onFlush(): void {
    this.#cancelFlush = undefined;
    if (this.#sender.isStoreSilent()) this.#spill(0);
    if (!this.#sender.isResting) void this.#sender.sendAll();
    // The end of a sending arms the next flush.
    if (this.#queue.length > 0 && (this.#sender.isSending || this.#sender.isResting)) this.#armFlush();
  }

  #spill(keep: number): void {
    if (this.#spiller?.isReady()) void this.#spiller.run(keep, this.#sender.isSending ? undefined : this.#sender.takeDelivery());
  }

  #scheduleMaintenance(spool: Spool): void {
    this.#cancelMaintenance = this.#options.clock.schedule(() => void this.#maintain(spool), this.#limits.maintainMs);
  }

  async #maintain(spool: Spool): Promise<void> {
    try {
      await spool.maintain();
    } catch (error) {
      this.#counts.lastError = (error as Error).message;
    }
    if (this.#closed) return;
    this.#scheduleMaintenance(spool);
    if (spool.rows() > 0 && !this.#sender.isResting) void this.#sender.send();
  }

  async #finish(deadlineMs: number): Promise<WriterStats> {
    this.#cancelFlush?.();
    this.#cancelMaintenance?.();
    this.#sender.endRetries();
    await this.#sendUntil(deadlineMs);
    this.#stopped = true;
    this.#sender.stop();
    await this.#spiller?.settled();
    await this.#spiller?.run(0, this.#sender.takeDelivery());
    for (let batch = this.#sender.takeDelivery() ?? this.#queue.take(); batch; batch = this.#queue.take()) this.#handOver(batch);
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
      if (done) break;
      await Promise.race([expired, new Promise<void>((resolve) => clock.schedule(resolve, this.#sender.retryMs()))]);
    }
    cancel?.();
  }

  #handOver(batch: Batch | undefined): void {
    if (!batch) return;
    try {
      if (!this.#options.lastResort) throw new Error('closed with nowhere to put the rows that were left');
      this.#options.lastResort(linesOf(batch));
      this.#counts.handedOver += batch.rows;
    } catch (error) {
      this.#counts.dropped += batch.rows;
      this.#counts.lastError = (error as Error).message;
    }
  }
}

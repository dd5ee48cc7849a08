/** The writing side: takes rows without waiting, and brings each to the store, to the spool or into the count of the lost. */
import { type Batch, linesOf } from '../batch.ts';
import type { Prediction } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import { BatchQueue } from './batch-queue.ts';
import { Ledger } from './ledger.ts';
import { DEFAULT_WRITER_LIMITS, type WriterLimits } from './limits.ts';
import { Sender } from './sender.ts';
import { SetAside } from './set-aside.ts';
import { Spiller } from './spiller.ts';
import type { PredictionWriter, PredictionWriterOptions, WriterStats } from './writer-contract.ts';

/** Starts a writer; rows that a former process left in the spool are sent first. */
export function createPredictionWriter(options: PredictionWriterOptions): PredictionWriter {
  return new BufferedWriter(options);
}

/** Decides when rows leave memory, and whereto: `Sender` brings them to the store, `Spiller` into the spool. */
class BufferedWriter implements PredictionWriter {
  readonly #options: PredictionWriterOptions;
  readonly #limits: WriterLimits;
  readonly #queue: BatchQueue;
  readonly #spiller: Spiller | undefined;
  readonly #sender: Sender;
  readonly #ledger: Ledger;
  readonly #setAside: SetAside;
  #cancelFlush: (() => void) | undefined;
  #cancelMaintenance: (() => void) | undefined;
  #closed: Promise<WriterStats> | undefined;
  /** Set when `close` has taken the rows away: later ones find neither sender nor spool. */
  #stopped = false;

  constructor(options: PredictionWriterOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_WRITER_LIMITS, ...options.limits };
    const { batchRows, memoryBytes } = this.#limits;
    this.#queue = new BatchQueue({ batchRows, maxBytes: memoryBytes });
    this.#ledger = new Ledger(options.clock, options.onEvent);
    this.#setAside = new SetAside(this.#ledger, options);
    this.#spiller = options.spool && this.#createSpiller(options.spool);
    this.#sender = this.#createSender();
    void this.#sender.send();
    if (!options.spool) return;
    if (options.spool.rows() > 0) this.#armFlush();
    this.#scheduleMaintenance(options.spool);
  }

  record(prediction: Prediction): void {
    this.#ledger.counts.recorded += 1;
    try {
      this.#ledger.dropFromMemory(this.#queue.push(prediction));
    } catch (error) {
      this.#setAside.keepPrediction(prediction, error as Error);
      return;
    }
    if (this.#stopped) this.#handOver(this.#queue.take());
    else this.#onRecorded();
  }

  async flush(): Promise<boolean> {
    const { recorded } = this.#ledger.counts;
    while (this.#pending() > this.#ledger.counts.recorded - recorded) {
      if (this.#sender.isResting) return false;
      const before = this.#pending();
      // No progress: a spool that cannot be read.
      if (!(await this.#sender.sendAll()) || this.#pending() >= before) return false;
    }
    return true;
  }

  stats(): WriterStats {
    const { recorded: _recorded, dropped, ...counts } = this.#ledger.counts;
    const { spool } = this.#options;
    return {
      queued: this.#queued(),
      spooled: spool?.rows() ?? 0,
      dropped: dropped + (spool?.damagedRows() ?? 0),
      ...counts,
      away: this.#ledger.store.isAway,
      spoolFailing: this.#ledger.spool.isAway,
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
      onDropped: (rows) => this.#ledger.dropFromSpool(rows),
      onError: (error) => this.#ledger.onSpoolError(error),
      onKept: () => this.#ledger.spool.back(),
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
      ledger: this.#ledger,
      setAside: this.#setAside,
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
      // A full disk takes no rows, but a lease; twice, as what is tried at each maintenance may be what fails.
      this.#ledger.spool.backUnlessFailing(2 * this.#limits.maintainMs);
    } catch (error) {
      this.#ledger.onSpoolError(error as Error);
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
    await this.#setAside.settled();
    await this.#emptySpool();
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

  /** What stays in the spool would go with it. A row that is given away and kept later all the same is kept once. */
  async #emptySpool(): Promise<void> {
    const { spool, isSpoolLasting = true } = this.#options;
    if (isSpoolLasting || !spool) return;
    try {
      for (let batch = await spool.peek(); batch; batch = await spool.peek()) {
        this.#handOver(batch);
        await spool.remove();
      }
    } catch (error) {
      this.#ledger.onSpoolError(error as Error);
    }
  }

  #handOver(batch: Batch | undefined): void {
    if (!batch) return;
    try {
      if (!this.#options.lastResort) throw new Error('closed with nowhere to put the rows that were left');
      this.#options.lastResort(linesOf(batch));
      this.#ledger.counts.handedOver += batch.rows;
    } catch (error) {
      this.#ledger.counts.lastError = (error as Error).message;
      this.#ledger.drop(batch.rows, (error as Error).message);
    }
  }
}

/** Rows in memory: first in, first out, in batches, with a bound beyond which the oldest go. */
import type { Batch } from '../batch.ts';
import type { Prediction } from '../port.ts';
import { OpenBatch } from './open-batch.ts';

/** A batch is full with these bytes, whatever its rows. */
const BATCH_BYTES = 1024 * 1024;

/** Bounds of a queue. */
export interface QueueBounds {
  /** Rows of a full batch. */
  readonly batchRows: number;
  readonly maxBytes: number;
}

/** A queue that holds no more than its bounds and one batch. */
export class BatchQueue {
  readonly #bounds: QueueBounds;
  /** Oldest first; all before the open one. */
  readonly #closed: Batch[] = [];
  readonly #open = new OpenBatch();
  #rows = 0;
  /** Of the closed batches. */
  #bytes = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /** Rows. */
  get length(): number {
    return this.#rows;
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#bytes + this.#open.capacity;
  }

  /** Whether a batch waits that takes no more rows. */
  get hasFullBatch(): boolean {
    return this.#closed.length > 0;
  }

  /** Adds a row behind the others; gives the number of oldest rows dropped for it. */
  push(prediction: Prediction): number {
    this.#open.add(prediction);
    this.#rows += 1;
    const { rows, bytes } = this.#open;
    if (rows < this.#bounds.batchRows && bytes < BATCH_BYTES) return 0;
    const batch = this.#open.take();
    this.#bytes += memoryOf(batch);
    this.#closed.push(batch);
    return this.#dropBeyondBounds();
  }

  /** Puts rows back before the others; gives the number of oldest rows dropped for them. */
  unshift(batch: Batch): number {
    this.#closed.unshift(batch);
    this.#rows += batch.rows;
    this.#bytes += memoryOf(batch);
    return this.#dropBeyondBounds();
  }

  /** Takes the oldest batch, full or not; undefined when the queue is empty. */
  take(): Batch | undefined {
    const closed = this.#closed.shift();
    if (closed) this.#bytes -= memoryOf(closed);
    const batch = closed ?? (this.#open.rows > 0 ? this.#open.take() : undefined);
    this.#rows -= batch?.rows ?? 0;
    return batch;
  }

  /** Takes back the memory of a batch that nobody reads any more. */
  recycle(batch: Batch): void {
    this.#open.recycle(batch);
  }

  #dropBeyondBounds(): number {
    const { maxBytes } = this.#bounds;
    let dropped = 0;
    while (this.#closed.length > 1 && this.bytes > maxBytes) dropped += this.take()?.rows ?? 0;
    return dropped;
  }
}

/** The room behind its rows included. */
function memoryOf({ bytes }: Batch): number {
  return bytes.buffer.byteLength;
}

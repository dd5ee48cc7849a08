/** The batch that rows are written into. */
import type { Batch } from '../batch.ts';
import type { Prediction } from '../port.ts';
import { LineEncoder } from './line-encoder.ts';

/** Room to begin with. */
const FIRST_BYTES = 16 * 1024;
/** Buffers kept to be used again: one is written into while others are sent or wait for it. */
const FREE_BUFFERS = 8;
/** A larger one, of unusually long rows, is not kept. */
const FREE_BUFFER_BYTES = 1024 * 1024;

/**
 * Grows with its rows until they are taken.
 *
 * Its buffers are used in turn: each outlives a few young collections, so that new ones would be given back only by collections of the
 * whole heap, twice a second at 50,000 rows/s, for a tenth of the process's time.
 */
export class OpenBatch {
  readonly #encoder = new LineEncoder();
  readonly #free: Buffer[] = [];
  /** What `take` gave away: other batches may lie in memory that is not theirs alone. */
  readonly #lent = new WeakSet<ArrayBufferLike>();
  #buffer: Buffer | undefined;
  #bytes = 0;
  #rows = 0;
  /** Room of a new buffer: what the batch before has needed, and an eighth more. */
  #expectedBytes = FIRST_BYTES;

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of memory: its rows' and the room for more. */
  get capacity(): number {
    return this.#buffer?.length ?? 0;
  }

  /** Adds a row. */
  add(prediction: Prediction): void {
    const buffer = this.#withRoom(this.#bytes + this.#encoder.maxBytes(prediction));
    this.#bytes = this.#encoder.write(buffer, this.#bytes, prediction);
    this.#rows += 1;
  }

  /** The rows so far; the next begin another batch. */
  take(): Batch {
    const buffer = this.#buffer ?? Buffer.alloc(0);
    const batch = { rows: this.#rows, bytes: buffer.subarray(0, this.#bytes) };
    this.#lent.add(buffer.buffer);
    this.#buffer = undefined;
    this.#expectedBytes = Math.max(FIRST_BYTES, this.#bytes + (this.#bytes >> 3));
    this.#bytes = 0;
    this.#rows = 0;
    return batch;
  }

  /** Takes back the memory of a batch that nobody reads any more, where it came from here. */
  recycle({ bytes: { buffer } }: Batch): void {
    const isKept = this.#free.length < FREE_BUFFERS && buffer.byteLength <= FREE_BUFFER_BYTES;
    if (this.#lent.delete(buffer) && isKept) this.#free.push(Buffer.from(buffer));
  }

  #withRoom(bytes: number): Buffer {
    this.#buffer ??= this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#expectedBytes);
    if (bytes <= this.#buffer.length) return this.#buffer;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#bytes);
    this.#buffer = larger;
    return larger;
  }
}

/** Rows in memory: first in, first out, with a bound beyond which the oldest go. */
import type { PredictionRecord } from '../port.ts';

/** Measured 590 for a row of four numbers and three classes, all objects and strings counted. */
const ROW_BYTES = 600;
/** The front is cut off once it has this many empty places: O(1) for each row. */
const COMPACT_ROWS = 4096;

/** A queue that never holds more than its bounds. */
export class RecordQueue {
  #rows: PredictionRecord[] = [];
  #head = 0;
  #bytes = 0;
  readonly #maxRows: number;
  readonly #maxBytes: number;

  constructor(maxRows: number, maxBytes: number) {
    this.#maxRows = maxRows;
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#rows.length - this.#head;
  }

  /** Estimate. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a row behind the others; gives the number of oldest rows dropped for it. */
  push(record: PredictionRecord): number {
    this.#rows.push(record);
    this.#bytes += estimateBytes(record);
    return this.#dropBeyondBounds();
  }

  /** Puts rows back before the others; gives the number of oldest rows dropped for them. */
  unshift(records: readonly PredictionRecord[]): number {
    this.#rows = [...records, ...this.#rows.slice(this.#head)];
    this.#head = 0;
    for (const record of records) this.#bytes += estimateBytes(record);
    return this.#dropBeyondBounds();
  }

  /** Takes up to `count` of the oldest. */
  take(count: number): PredictionRecord[] {
    const taken = this.#rows.slice(this.#head, this.#head + count);
    for (const record of taken) this.#bytes -= estimateBytes(record);
    this.#advance(taken.length);
    return taken;
  }

  #dropBeyondBounds(): number {
    let dropped = 0;
    while (this.length > this.#maxRows || (this.#bytes > this.#maxBytes && this.length > 1)) {
      this.#bytes -= estimateBytes(this.#rows[this.#head] as PredictionRecord);
      this.#advance(1);
      dropped += 1;
    }
    return dropped;
  }

  #advance(count: number): void {
    this.#head += count;
    if (this.#head < COMPACT_ROWS && this.#head < this.#rows.length) return;
    this.#rows = this.#rows.slice(this.#head);
    this.#head = 0;
  }
}

/** Only the parts that a caller can make long: ids, and levels of categorical features. Costs some 30 ns. */
function estimateBytes(record: PredictionRecord): number {
  let bytes = ROW_BYTES + 2 * record.requestId.length;
  for (const name in record.features) {
    const value = record.features[name];
    bytes += typeof value === 'string' ? 2 * value.length : 0;
  }
  return bytes;
}

/** The unit in which rows travel: from memory to the store, into spool files and to the last resort. */
import type { PredictionRecord } from './port.ts';
import { decodeRecord, encodeRecord } from './record-json.ts';

const NEWLINE = 0x0a;

/** Rows as lines of JSON in UTF-8, each with its end. */
export interface Batch {
  readonly rows: number;
  readonly bytes: Buffer;
}

/** The batch of those lines, given without their ends. */
export function batchOf(lines: readonly string[]): Batch {
  return { rows: lines.length, bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')) };
}

/** The lines of a batch, without their ends. */
export function linesOf({ bytes }: Batch): string[] {
  return bytes.toString().split('\n').slice(0, -1);
}

/** The batch of those records. */
export function encodeBatch(records: readonly PredictionRecord[]): Batch {
  return batchOf(records.map(encodeRecord));
}

/** The records of a batch, damaged lines left out. */
export function decodeBatch(batch: Batch): PredictionRecord[] {
  return linesOf(batch).flatMap((line) => decodeRecord(line) ?? []);
}

/** The rows of all, in order; without a copy when there is one. */
export function joinBatches(batches: readonly Batch[]): Batch {
  const [first, ...others] = batches;
  if (first && others.length === 0) return first;
  return {
    rows: batches.reduce((sum, { rows }) => sum + rows, 0),
    bytes: Buffer.concat(batches.map(({ bytes }) => bytes)),
  };
}

/** Two halves of a batch of two rows or more; its bytes are shared, not copied. */
export function halveBatch({ rows, bytes }: Batch): [Batch, Batch] {
  const middle = rows >> 1;
  let end = 0;
  for (let row = 0; row < middle; row++) end = bytes.indexOf(NEWLINE, end) + 1;
  return [
    { rows: middle, bytes: bytes.subarray(0, end) },
    { rows: rows - middle, bytes: bytes.subarray(end) },
  ];
}

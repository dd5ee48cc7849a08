/** One spool file: whole batches of rows, a line each, in order. */
import { appendFile, readFile, stat, truncate } from 'node:fs/promises';
import { type Batch, encodeBatch } from '../batch.ts';
import { decodeRecord } from '../record-json.ts';

/** What is known of a segment without reading it. */
export interface Segment {
  path: string;
  /** Damaged lines included, until they are given up with the file. */
  rows: number;
  bytes: number;
}

/**
 * Adds rows and syncs them to the disk; all of them or none.
 *
 * @returns false when the file was no longer there, because another process took it over: the rows may be lost with it
 */
export async function appendToSegment(segment: Segment, { rows, bytes }: Batch): Promise<boolean> {
  const before = segment.bytes;
  try {
    await appendFile(segment.path, bytes, { flush: true });
  } catch (error) {
    await truncate(segment.path, before).catch(() => undefined);
    throw error;
  }
  const size = await stat(segment.path).then(
    (file) => file.size,
    () => -1,
  );
  // Smaller: it was taken while we wrote, and made anew by our write.
  if (size < before + bytes.length) return false;
  segment.rows += rows;
  segment.bytes += bytes.length;
  return true;
}

/** What is in a segment. */
export interface SegmentContent {
  readonly batch: Batch;
  /** Lines that once were rows, and can no longer be read. */
  readonly damagedLines: number;
}

/** The rows of a file; undefined when the file is gone. */
export async function readSegment(path: string): Promise<SegmentContent | undefined> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n');
    // Behind the last line end is nothing, or what a process was writing when it was killed: of that nobody was told that it is kept.
    const torn = decodeRecord(lines.pop() ?? '');
    const whole = lines.flatMap((line) => decodeRecord(line) ?? []);
    return { batch: encodeBatch(torn ? [...whole, torn] : whole), damagedLines: lines.length - whole.length };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

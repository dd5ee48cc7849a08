/** Prints lines so that they are out when it returns: the process may end next. */
import { writeSync } from 'node:fs';

const STDOUT = 1;
/** Between two attempts while the reader is slower than we are. */
const PAUSE_MS = 2;
/** Lines joined at a time. */
const CHUNK = 500;

/**
 * Writes to standard output. Not by `process.stdout`, which keeps in memory what a pipe does not take at once, and loses it when the
 * process ends; the logger writes in this way too, so that no line is torn by another.
 *
 * @throws when nobody reads any more.
 */
export function printLines(lines: readonly string[], write: typeof writeSync = writeSync): void {
  for (let at = 0; at < lines.length; at += CHUNK) {
    const chunk = Buffer.from(`${lines.slice(at, at + CHUNK).join('\n')}\n`);
    for (let written = 0; written < chunk.length; ) written += tryWrite(chunk.subarray(written), write);
  }
}

function tryWrite(bytes: Buffer, write: typeof writeSync): number {
  try {
    return write(STDOUT, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}

/** Shows how far a large file is read: a bar on a terminal, a line for each tenth elsewhere. */
import { SingleBar } from 'cli-progress';
import type { ProgressStream } from '../output.ts';

/** Takes what has been read, until it is stopped. */
export interface ReadingProgress {
  add(bytes: number): void;
  /** Ends the display, also after a failure: a bar would keep the process alive. */
  stop(): void;
}

/** Smaller files are read in a second or two. */
const MIN_BYTES = 50_000_000;
const TENTHS = 10;
const BYTES_PER_MB = 1_000_000;

/** Chooses the display that suits the stream; none for a small file. */
export function createReadingProgress(stream: ProgressStream, path: string, totalBytes: number): ReadingProgress {
  if (totalBytes < MIN_BYTES) return { add() {}, stop() {} };
  return stream.isTTY ? createBar(stream, path, totalBytes) : createLines(stream, path, totalBytes);
}

function createBar(stream: ProgressStream, path: string, totalBytes: number): ReadingProgress {
  const format = `reading ${path} [{bar}] {percentage} %, {eta_formatted} left`;
  // Terminal modes are left alone: Ctrl-C could not restore them.
  const bar = new SingleBar({ stream, format, hideCursor: false, linewrap: true });
  bar.start(totalBytes, 0);
  return { add: (bytes) => bar.increment(bytes), stop: () => bar.stop() };
}

function createLines(stream: ProgressStream, path: string, totalBytes: number): ReadingProgress {
  let [read, shown] = [0, 0];
  return {
    add(bytes) {
      read += bytes;
      const tenths = Math.floor((TENTHS * read) / totalBytes);
      if (tenths === shown) return;
      shown = tenths;
      stream.write(`read ${Math.round(read / BYTES_PER_MB)} of ${Math.round(totalBytes / BYTES_PER_MB)} MB of ${path}\n`);
    },
    stop() {},
  };
}

/** Reads lines of files that other processes may be writing, from either end, in constant memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Enough for some hundred predictions; the longest line decides when it is longer. */
const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** A whole line and where it begins. */
export interface Line {
  readonly text: string;
  readonly offset: number;
}

/** All whole lines, oldest first. A last line without its end, torn or still being written, is left out. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    const end = rest.lastIndexOf(NEWLINE);
    if (end < 0) continue;
    yield* rest.toString('utf8', 0, end).split('\n');
    rest = rest.subarray(end + 1);
  }
}

/** The whole lines that end at or before the byte `end`, newest first. */
export async function* readLinesBackwards(path: string, end: number): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let start = end;
  let isWhole = false;
  while (start > 0) {
    const length = Math.min(CHUNK_BYTES, start);
    start -= length;
    rest = Buffer.concat([await readBytes(path, start, length), rest]);
    for (let newline = rest.lastIndexOf(NEWLINE); newline >= 0; newline = rest.lastIndexOf(NEWLINE)) {
      if (isWhole) yield { text: rest.toString('utf8', newline + 1), offset: start + newline + 1 };
      isWhole = true;
      rest = rest.subarray(0, newline);
    }
  }
  if (isWhole) yield { text: rest.toString('utf8'), offset: 0 };
}

/** The first line that begins behind the byte `offset`; undefined when none does. */
export async function lineAfter(path: string, offset: number, size: number): Promise<Line | undefined> {
  let seen: Buffer = Buffer.alloc(0);
  for (let at = offset; at < size; at += CHUNK_BYTES) {
    seen = Buffer.concat([seen, await readBytes(path, at, Math.min(CHUNK_BYTES, size - at))]);
    const before = seen.indexOf(NEWLINE);
    const end = before < 0 ? -1 : seen.indexOf(NEWLINE, before + 1);
    if (end >= 0) return { text: seen.toString('utf8', before + 1, end), offset: offset + before + 1 };
  }
  return undefined;
}

/** Opens for each read: hundreds of files may take part in a page. */
async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

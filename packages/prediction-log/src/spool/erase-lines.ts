/** One person's rows in the files beside the database: those that were set aside, and those that still wait. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from '../read-lines.ts';
import { parseObject } from '../record-json.ts';
import { listDeadLetters } from './dead-letters.ts';
import { rewriteFile } from './rewrite-file.ts';
import { segmentOwner } from './segment-name.ts';

/** Whose rows. */
export interface LinesOf {
  readonly requestId: string;
  /** Lines that say another target are another dataset's. */
  readonly target: string;
}

/**
 * Takes the rows out of all files of dead letters of a directory.
 *
 * @returns how many there were
 */
export async function eraseDeadLetters(directory: string, subject: LinesOf): Promise<number> {
  let erased = 0;
  for (const path of await listDeadLetters(directory)) erased += await eraseFrom(path, subject);
  return erased;
}

/** Counts the rows in the files of a spool, which belong to living processes or go to the next one. */
export async function countSpooled(directory: string, subject: LinesOf): Promise<number> {
  let found = 0;
  for (const name of await readdir(directory)) {
    if (segmentOwner(name) === undefined) continue;
    for await (const line of linesOf(join(directory, name))) if (isOf(line, subject)) found++;
  }
  return found;
}

/** Only files that have such a row are rewritten. */
async function eraseFrom(path: string, subject: LinesOf): Promise<number> {
  let erased = 0;
  for await (const line of linesOf(path)) if (isOf(line, subject)) erased++;
  if (erased === 0) return 0;
  erased = 0;
  await rewriteFile(path, async (own, keep) => {
    for await (const line of linesOf(own)) {
      if (isOf(line, subject)) erased++;
      else await keep(line);
    }
  });
  return erased;
}

/** None of a file that went meanwhile: its rows were sent. */
async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    yield* readLines(createReadStream(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function isOf(line: string, { requestId, target }: LinesOf): boolean {
  // Most lines are not: they need not be parsed. The same text may be written with escapes, then it has a backslash.
  if (!line.includes(requestId) && !line.includes('\\')) return false;
  const row = parseObject(line);
  if (typeof row?.recordId !== 'string') return false;
  const isTarget = row.target === undefined || row.target === target;
  return isTarget && (row.requestId ?? row.recordId) === requestId;
}

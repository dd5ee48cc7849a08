/** One person's rows in the files beside the database: those that were set aside, and those that still wait. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from '../read-lines.ts';
import { parseObject } from '../record-json.ts';
import { listDeadLetters } from './dead-letters.ts';
import { segmentOwner } from './segment-name.ts';

const OWNER_ONLY = 0o600;

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

/** Under another name, as a replay does it, so that a living process does not add to it. What is there twice after a crash is kept once. */
async function eraseFrom(path: string, subject: LinesOf): Promise<number> {
  let erased = 0;
  for await (const line of linesOf(path)) if (isOf(line, subject)) erased++;
  if (erased === 0) return 0;
  const own = path.endsWith('.replaying') ? path : `${path}.${randomUUID().slice(0, 8)}.replaying`;
  if (own !== path) await rename(path, own);
  erased = 0;
  const kept: string[] = [];
  for await (const line of linesOf(own)) {
    if (isOf(line, subject)) erased++;
    else kept.push(`${line}\n`);
  }
  const back = own.replace(/\.[0-9a-f]{8}\.replaying$/, '');
  if (kept.length > 0) await appendFile(back, kept.join(''), { flush: true, mode: OWNER_ONLY });
  await rm(own, { force: true });
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

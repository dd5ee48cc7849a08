/**
 * One running program for each data directory.
 *
 * PostgreSQL's own lock says that a server runs, not whether the program that started it still does. Only with both can a left-over
 * server (the program was killed) be told from one in use (a second `npm start` in the same checkout).
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pid as ownPid } from 'node:process';
import { LocalPostgresError } from './errors.ts';
import { findProcess } from './process-table.ts';

/** Gives the data directory up. */
export type ReleaseLock = () => Promise<void>;

/**
 * Takes the data directory for this process, from a dead owner too.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_IN_USE` when a living process has it, this one included.
 */
export async function lockDataDirectory(dataDirectory: string): Promise<ReleaseLock> {
  const path = `${dataDirectory}.owner`;
  await mkdir(dirname(path), { recursive: true });
  const self = await findProcess(ownPid);
  const claim = `${ownPid} ${self?.startedAt ?? ''}\n`;
  if (!(await createExclusively(path, claim))) {
    await assertOwnerIsGone(path, dataDirectory);
    await writeFile(path, claim);
  }
  return () => rm(path, { force: true });
}

async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function assertOwnerIsGone(path: string, dataDirectory: string): Promise<void> {
  const [pid = '', startedAt] = (await readFile(path, 'utf8')).trim().split(/ (.*)/);
  const owner = await findProcess(Number(pid));
  // After a reboot the pid may belong to anyone: only the same start is the same process.
  if (owner === undefined || owner.startedAt !== startedAt) return;
  throw new LocalPostgresError(
    'LOCAL_POSTGRES_IN_USE',
    `${dataDirectory} is in use by process ${pid} (${owner.command.trim().slice(0, 80)}): stop that first, or use another data directory`,
  );
}

/**
 * A folder of the machine that every account can enter: for what root keeps where PostgreSQL's account cannot go, as below /root.
 * The modes of the user's own folders stay as they are.
 */
import { lstat, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { assertReachable, type NamedAccount } from './account.ts';
import { LocalPostgresError } from './errors.ts';

/** Where programs of the system keep their state (Filesystem Hierarchy Standard, 5.8). */
export const OPEN_FOLDER = '/var/lib/iris-postgres';
/** How the names of copies of programs begin. */
export const PROGRAMS = 'programs-';
const UNUSED_MS = 30 * 24 * 3_600_000;

/**
 * Makes the folder.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_UNREACHABLE` when there is none that root alone may write.
 */
export async function makeOpenFolder(account: NamedAccount, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const { uid, mode } = await lstat(folder);
  // Another's folder could hold another's programs.
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new LocalPostgresError('LOCAL_POSTGRES_UNREACHABLE', `${folder} can be written by others than root: remove it`);
  }
  await assertReachable(folder, account);
  return folder;
}

/** Removes copies of programs that nobody has used for a month. Data stays until its owner removes it. */
export async function removeUnusedPrograms(folder: string, now: number = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    const entry = join(folder, name);
    const { mtimeMs } = await stat(entry).catch(() => ({ mtimeMs: now }));
    if (name.startsWith(PROGRAMS) && now - mtimeMs > UNUSED_MS) await rm(entry, { recursive: true, force: true });
  }
}

/** Notes that a copy is used now. */
export async function noteUse(copy: string): Promise<void> {
  const now = new Date();
  await utimes(copy, now, now);
}

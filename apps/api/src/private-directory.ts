/** Makes a directory that nobody else can read, where anybody might have made one of the same name before. */
import { access, constants, lstat, mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o700;
const FOR_OTHERS = 0o077;
/** Of statfs(2): such files lie in memory. */
const TMPFS = 0x01021994;

/**
 * Makes it, and those missing above it.
 *
 * @throws when it cannot be made or written, is another user's, or lies in memory.
 */
export async function makePrivateDirectory(path: string, uid: number | undefined): Promise<void> {
  await makeAll(path);
  const { mode, uid: owner } = await lstat(path).then((entry) => {
    if (entry.isDirectory()) return entry;
    throw new Error(`${path} is no directory`);
  });
  if (uid !== undefined && (owner !== uid || (mode & FOR_OTHERS) !== 0)) throw new Error(`others may read or write ${path}`);
  await access(path, constants.W_OK | constants.X_OK);
  if ((await statfs(path)).type === TMPFS) throw new Error(`${path} lies in memory`);
}

async function makeAll(path: string): Promise<void> {
  if (await lstat(path).catch(() => undefined)) return;
  await makeAll(dirname(path));
  await mkdir(path, OWNER_ONLY).catch((error: NodeJS.ErrnoException) => {
    // Another process may have been faster.
    if (error.code !== 'EEXIST') throw error;
  });
}

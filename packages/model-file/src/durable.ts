/** Files and folders that a crash leaves as they were before, or as they are wanted, and never between. */
import { randomUUID } from 'node:crypto';
import { constants, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file that is not there yet, and returns once its bytes are on the disk. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes a file in one step: a reader sees the old one or the new one, never a part, and after a crash too. Its folder must be there.
 *
 * @param beforeRename runs when all bytes are on the disk and nobody sees them yet; where it throws, the old file stays.
 */
export async function replaceDurably(path: string, text: string, beforeRename?: () => Promise<void>): Promise<void> {
  // In the same folder, because a rename across file systems is a copy, which a reader could see half done.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, text);
    await beforeRename?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Returns once the names in a folder are on the disk: until then a crash may undo a rename. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } catch (error) {
    // Some file systems, such as those of Windows and of a few network drives, sync no folders: there is nothing else to do there.
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await folder.close();
  }
}

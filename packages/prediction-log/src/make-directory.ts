/** Makes a directory and the missing ones above it. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes the directory where it is absent.
 *
 * Not `mkdir` with `recursive`: below a file system that refuses directories with ENOENT, as /proc does, that never returns.
 */
export async function makeDirectory(path: string): Promise<void> {
  const directory = resolve(path);
  const entry = await stat(directory).catch(() => undefined);
  if (entry?.isDirectory()) return;
  if (!entry && dirname(directory) !== directory) await makeDirectory(dirname(directory));
  await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
    // Another process may have been faster.
    if (error.code !== 'EEXIST' || entry) throw error;
  });
}

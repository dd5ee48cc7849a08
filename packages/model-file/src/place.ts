/** Where a file is to be written: which directories are there, and which would have to be made. */
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Checks, without changing anything, that a file can be written at the path.
 *
 * @throws when the path is a directory, or the nearest directory above it that is there cannot be written.
 */
export async function assertPlaceWritable(path: string): Promise<void> {
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isDirectory()) throw new Error('it is a directory');
  const { nearest } = await survey(dirname(resolve(path)));
  if (!(await stat(nearest)).isDirectory()) throw new Error(`${nearest} is no directory`);
  await access(nearest, constants.W_OK | constants.X_OK);
}

/**
 * Makes the directory and the missing ones above it.
 *
 * Not `mkdir` with `recursive`: below a file system that refuses directories with ENOENT, as /proc does, that never returns.
 */
export async function makeDirectories(directory: string): Promise<void> {
  const { missing } = await survey(resolve(directory));
  for (const each of missing) {
    await mkdir(each).catch((error: NodeJS.ErrnoException) => {
      // Another process may have been faster.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** The nearest entry that is there, and the directories that are not, from the outermost to the innermost. */
async function survey(directory: string): Promise<{ readonly nearest: string; readonly missing: readonly string[] }> {
  const missing: string[] = [];
  let nearest = directory;
  while (!(await exists(nearest)) && dirname(nearest) !== nearest) {
    missing.unshift(nearest);
    nearest = dirname(nearest);
  }
  return { nearest, missing };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

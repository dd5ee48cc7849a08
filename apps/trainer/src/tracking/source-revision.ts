/** The revision of the code that trains. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const GIT_MS = 2000;

/**
 * The commit that is checked out in a folder.
 *
 * @returns undefined where there is no Git, or no checkout, as in an image.
 */
export async function readGitCommit(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: folder, timeout: GIT_MS });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** The commit that an image was built of, which its variable `BUILD` says; undefined for another text, such as `development`. */
export function commitOf(build: string | undefined): string | undefined {
  return /^[0-9a-f]{40}(?=-|$)/.exec(build ?? '')?.[0];
}

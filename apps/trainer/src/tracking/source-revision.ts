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

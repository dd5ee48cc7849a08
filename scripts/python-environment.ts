/** Virtual environments of Python, for clients and comparators: made once for each content of a requirements file, kept below `.data`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CLIENTS = 'test/e2e/clients';
/** Between two looks at a lock. */
const LOOK_MS = 200;
/** Paths of the requirements, by what they are for. */
const REQUIREMENTS = {
  'requirements.txt': CLIENTS,
  'mcp-requirements.txt': CLIENTS,
  'object-store-requirements.txt': CLIENTS,
  // The image's own: what is tested is what is served.
  'mlflow-requirements.txt': 'docker',
  'learning-requirements.txt': 'scripts/bench/learning',
} as const;

/**
 * Makes the environment, unless it is there.
 *
 * @param file name of the requirements file.
 * @returns path of its Python interpreter.
 * @throws when there is no Python 3 with venv, or a package cannot be installed: a test that asked for clients must not pass without.
 */
export function preparePython(file: keyof typeof REQUIREMENTS): string {
  const requirements = join(ROOT, REQUIREMENTS[file], file);
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const directory = join(ROOT, '.data/python-clients', hash);
  const python = join(directory, 'bin/python');
  const complete = join(directory, 'complete');
  if (existsSync(complete)) return python;
  mkdirSync(dirname(directory), { recursive: true });
  const release = takeLock(`${directory}.lock`);
  try {
    if (!existsSync(complete)) install(directory, python, requirements);
    writeFileSync(complete, '');
  } finally {
    release();
  }
  return python;
}

function install(directory: string, python: string, requirements: string): void {
  rmSync(directory, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', directory]);
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
}

/** Several test files may want the same environment at once: the others wait for the first. One that is dead holds nobody up. */
function takeLock(path: string): () => void {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (isHeld(path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
    else rmSync(path, { force: true });
  }
}

/** Whether its process lives. A lock that was let go of since is for the next try: removing it might remove that of another. */
function isHeld(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

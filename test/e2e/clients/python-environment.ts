/** The virtual environment of the Python clients: made once for each content of `requirements.txt`, kept below `.data`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readRepositoryFile } from '../../repository.ts';

const REQUIREMENTS = 'test/e2e/clients/requirements.txt';

/**
 * Makes the environment, unless it is there.
 *
 * @returns path of its Python interpreter.
 * @throws when there is no Python 3 with venv, or a package cannot be installed: a test that asked for clients must not pass without.
 */
export function preparePython(): string {
  const hash = createHash('sha256').update(readRepositoryFile(REQUIREMENTS)).digest('hex').slice(0, 16);
  const directory = join(ROOT, '.data/python-clients', hash);
  const python = join(directory, 'bin/python');
  const complete = join(directory, 'complete');
  if (existsSync(complete)) return python;
  rmSync(directory, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', directory]);
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(ROOT, REQUIREMENTS)]);
  writeFileSync(complete, '');
  return python;
}

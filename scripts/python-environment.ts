/** Virtual environments of Python, for clients and comparators: made once for each content of a requirements file, kept below `.data`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CLIENTS = 'test/e2e/clients';
/** Paths of the requirements, by what they are for. */
const REQUIREMENTS = {
  'requirements.txt': CLIENTS,
  'mcp-requirements.txt': CLIENTS,
  'object-store-requirements.txt': CLIENTS,
  // The image's own: what is tested is what is served.
  'mlflow-requirements.txt': 'docker',
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
  rmSync(directory, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', directory]);
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(complete, '');
  return python;
}

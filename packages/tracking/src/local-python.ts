/** Finds a Python that has MLflow: the one that is active, else one of our own, made with the first Python 3 there is. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TrackingError } from './errors.ts';

/** Later ones ask for packages of their own version that not every registry has. */
const MLFLOW_VERSION = '3.17.2';
/** Oldest whose REST API has logged models. */
const OLDEST_MAJOR = 3;
const ASK_MS = 30_000;
const INSTALL_MS = 600_000;
const ASK_VERSION = 'from importlib.metadata import version; print(version("mlflow"))';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The interpreter to run `-m mlflow` with.
 *
 * @param directory where an environment of our own is kept, as `python`.
 * @throws TrackingError `TRACKING_NO_PYTHON`, or `TRACKING_NOT_STARTED` when MLflow cannot be installed.
 */
export async function findMlflow(
  directory: string,
  environment: Environment,
  onNews: (sentence: string) => void,
): Promise<string> {
  const own = join(directory, 'python');
  const active = await findPython(environment);
  if (active && (await hasMlflow(active, environment))) return active;
  if (existsSync(own)) return interpreterOf(own);
  if (!active) {
    const cure = 'install Python 3.10 or later, or give the address of a server in MLFLOW_TRACKING_URI';
    throw new TrackingError('TRACKING_NO_PYTHON', `a local MLflow needs Python, and there is none: ${cure}`);
  }
  onNews(`installing mlflow ${MLFLOW_VERSION} in ${own}, once: this takes a minute …`);
  await install(active, own, environment);
  return interpreterOf(own);
}

async function findPython(environment: Environment): Promise<string | undefined> {
  for (const name of ['python3', 'python']) {
    const output = await ask(name, ['-c', 'import sys; print(sys.version_info[0])'], environment);
    if (output === '3') return name;
  }
  return undefined;
}

async function hasMlflow(python: string, environment: Environment): Promise<boolean> {
  const version = await ask(python, ['-c', ASK_VERSION], environment);
  return Number(version?.split('.')[0]) >= OLDEST_MAJOR;
}

async function ask(program: string, args: readonly string[], environment: Environment): Promise<string | undefined> {
  return promisify(execFile)(program, [...args], { env: { ...environment }, timeout: ASK_MS }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** Beside its place first: an environment that is there is whole. */
async function install(python: string, directory: string, environment: Environment): Promise<void> {
  const temporary = `${directory}-${randomUUID()}`;
  const options = { env: { ...environment }, timeout: INSTALL_MS };
  try {
    await promisify(execFile)(python, ['-m', 'venv', temporary], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `mlflow==${MLFLOW_VERSION}`];
    await promisify(execFile)(interpreterOf(temporary), pip, options);
    await rename(temporary, directory).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) || message;
    throw new TrackingError('TRACKING_NOT_STARTED', `MLflow cannot be installed: ${reason}`, { directory }, error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function interpreterOf(environment: string): string {
  return join(environment, 'bin', 'python');
}

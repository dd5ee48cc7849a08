/** A real MLflow server as a process, from the environment that the Python clients' tests install. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../scripts/free-port.ts';

/** Python loads for seconds, and longer on a busy machine. */
const START_MS = 120_000;
const LOOK_MS = 100;

/** A running server with a store of its own. */
export interface MlflowServer {
  readonly url: string;
  readonly directory: string;
  /** Ends it and removes its store; the same promise however often it is called. */
  stop(): Promise<void>;
}

/**
 * Starts it on a free port and resolves when it answers.
 *
 * @param python interpreter of an environment that holds MLflow.
 * @param options of `mlflow server`, beyond the store's.
 */
export async function startMlflowServer(
  python: string,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<MlflowServer> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-mlflow-'));
  const port = await freePort();
  const store = ['--backend-store-uri', 'sqlite:///mlflow.db', '--artifacts-destination', 'artifacts'];
  const args = ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store, ...options];
  const child = spawn(join(dirname(python), 'mlflow'), args, {
    cwd: directory,
    // Its job runner is eight processes more, of which none is needed here.
    env: { PATH: process.env.PATH, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', ...environment },
    // It starts processes of its own: they end together.
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + START_MS;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`MLflow does not start:\n${printed}`);
    await sleep(LOOK_MS);
  }
  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    if (child.exitCode === null) process.kill(-child.pid!, 'SIGTERM');
    await ended;
    await rm(directory, { recursive: true });
  }
  return {
    url,
    directory,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A local MLflow on SQLite: found or installed, started on a free port, and ended with the one who started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TrackingError } from './errors.ts';
import { findMlflow } from './local-python.ts';

/** Python reads MLflow for seconds, and for longer the first time. */
const START_MS = 90_000;
const LOOK_MS = 100;
/** For one answer: a server whose worker has died takes connections and answers none. */
const ANSWER_MS = 5000;
const SHOWN_LINES = 3;

/**
 * Runs `mlflow server`, and ends it when standard input ends: so it does not outlive the program that started it, even one that was killed.
 * The server starts processes of its own, which a signal to it alone would leave behind.
 */
const GUARD = `
import os, signal, subprocess, sys, threading
server = subprocess.Popen([sys.executable, "-m", "mlflow", *sys.argv[1:]], stdin=subprocess.DEVNULL, start_new_session=True)
def end_with_parent():
    sys.stdin.buffer.read()
    os.killpg(server.pid, signal.SIGTERM)
threading.Thread(target=end_with_parent, daemon=True).start()
sys.exit(server.wait())
`;

/** How to start one. */
export interface LocalMlflowOptions {
  /** Folder of its store: `mlflow.db` and `mlartifacts`. */
  readonly directory: string;
  /** Default: a free one. */
  readonly port?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told in a sentence what takes long. */
  readonly onNews: (sentence: string) => void;
}

/** A running server. */
export interface LocalMlflow {
  readonly url: string;
  /** Interpreter that runs it; `-m mlflow ui` in the store's folder shows what is there. */
  readonly python: string;
  stop(): Promise<void>;
}

/**
 * Starts it and resolves when it answers.
 *
 * @throws TrackingError `TRACKING_NO_PYTHON` or `TRACKING_NOT_STARTED`
 */
export async function startLocalMlflow(options: LocalMlflowOptions): Promise<LocalMlflow> {
  const { environment, onNews } = options;
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const python = await findMlflow(directory, environment, onNews);
  const port = options.port ?? (await freePort());
  onNews(`starting MLflow on ${options.directory} …`);
  const child = spawn(python, ['-c', GUARD, ...serverArguments(directory, port)], {
    cwd: directory,
    env: serverEnvironment(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C in a terminal is for the one who started it, who may still have something to log.
    detached: true,
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => keepLast(printed, String(chunk)));
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  async function stop(): Promise<void> {
    child.stdin.end();
    await ended;
  }
  try {
    await untilHealthy(url, child);
  } catch {
    await stop();
    const reason = printed.join(' ').trim() || 'it does not answer';
    throw new TrackingError('TRACKING_NOT_STARTED', `MLflow does not start on ${options.directory}: ${reason}`, { directory });
  }
  return { url, python, stop };
}

function serverArguments(directory: string, port: number): string[] {
  const store = [
    '--backend-store-uri',
    `sqlite:///${directory}/mlflow.db`,
    '--artifacts-destination',
    `${directory}/mlartifacts`,
  ];
  return ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store];
}

function serverEnvironment(environment: LocalMlflowOptions['environment']): NodeJS.ProcessEnv {
  const { MLFLOW_TRACKING_URI: _, ...rest } = environment;
  return {
    ...rest,
    // Its job runner is eight processes with 230 MiB each, of which tracking needs none.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    MLFLOW_DISABLE_TELEMETRY: 'true',
  };
}

/** @throws when the program ends, or does not answer in time. */
async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('it does not answer');
    await sleep(LOOK_MS);
  }
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function keepLast(lines: string[], text: string): void {
  lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
  lines.splice(0, lines.length - SHOWN_LINES);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** One run of the `postgres` program: started, ready, ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { LocalPostgresError } from './errors.ts';

/** Crash recovery of a large log takes its time. */
const READY_MS = 60_000;
const POLL_MS = 10;
const FAST_SHUTDOWN_MS = 10_000;
/** Line of postmaster.pid that `pg_ctl` reads the state from. */
const STATUS_LINE = 7;
const KEPT_LINES = 50;

/** What one run needs. */
export interface ServerOptions {
  readonly postgres: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly account: Account;
  readonly onLog: (line: string) => void;
}

/** A ready server. */
export interface Server {
  readonly pid: number;
  /** Whether it still runs. */
  running(): boolean;
  /** Fast shutdown: clients are disconnected, open transactions rolled back. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would be. */
  kill(): Promise<void>;
}

/**
 * Starts PostgreSQL on 127.0.0.1 and resolves when it takes connections.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_PORT_TAKEN`, or `LOCAL_POSTGRES_START_FAILED` with what it printed.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const child = spawnServer(options);
  const lines = collectLines(child, options.onLog);
  const failed = once(child, 'error').then(([error]) => lines.push(String(error)));
  const exited = Promise.race([once(child, 'close'), failed]);
  void exited.catch(() => undefined);
  if (!(await becomesReady(child, options.dataDirectory, exited))) {
    child.kill('SIGQUIT');
    throw startError(lines, options.port);
  }
  return {
    pid: child.pid as number,
    running: () => isRunning(child),
    stop: () => endServer(child, 'SIGINT'),
    kill: () => endServer(child, 'SIGKILL'),
  };
}

function spawnServer({ postgres, dataDirectory, port, account }: ServerOptions): ChildProcess {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, 'timezone=UTC', 'log_timezone=UTC'];
  return spawn(postgres, ['-D', dataDirectory, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    cwd: dataDirectory,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C signals the whole process group: the database must outlive the API, which still has rows to write.
    detached: true,
  });
}

function collectLines(child: ChildProcess, onLog: (line: string) => void): string[] {
  const lines: string[] = [];
  if (child.stderr === null) return lines;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (lines.push(line) > KEPT_LINES) lines.shift();
    onLog(line);
  });
  return lines;
}

/** False when it ended instead, or took too long. */
async function becomesReady(child: ChildProcess, dataDirectory: string, exited: Promise<unknown>): Promise<boolean> {
  const deadline = performance.now() + READY_MS;
  const ended = exited.then(
    () => true,
    () => true,
  );
  while (performance.now() < deadline) {
    const lock = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lock[0]) === child.pid && lock[STATUS_LINE]?.trim() === 'ready') return true;
    if (await Promise.race([ended, sleep(POLL_MS, false)])) return false;
  }
  return false;
}

function startError(lines: readonly string[], port: number): LocalPostgresError {
  const printed = lines.join('\n');
  if (/could not (bind|create any TCP\/IP sockets)/.test(printed)) {
    return new LocalPostgresError(
      'LOCAL_POSTGRES_PORT_TAKEN',
      `port ${port} is taken: stop what listens there, or choose another port`,
    );
  }
  const reasons = lines.filter((line) => /FATAL|PANIC|rror/.test(line));
  return new LocalPostgresError(
    'LOCAL_POSTGRES_START_FAILED',
    `PostgreSQL did not start: ${(reasons.length > 0 ? reasons : lines).slice(-3).join(' | ')}`,
  );
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function endServer(child: ChildProcess, name: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (!isRunning(child)) return;
  const exit = once(child, 'exit');
  child.kill(name);
  // A stopped (SIGSTOP) server takes no shutdown request; SIGKILL works on it too, and recovery does the rest.
  const impatient = setTimeout(() => child.kill('SIGKILL'), FAST_SHUTDOWN_MS);
  await exit;
  clearTimeout(impatient);
}

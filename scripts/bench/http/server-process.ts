/** A server under measurement: a process of its own that says where it listens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { BenchError } from '../bench-error.ts';

const START_MS = 15_000;
const STOP_MS = 10_000;
/** Linux counts in hundredths of a second for every process, whatever its kernel was built with. */
const TICK_US = 10_000;

/**
 * As the images start Node: the bounds of V8's heap fit a server here, and a pod of 128 MiB. By itself V8 takes up to 192 MiB for the
 * young generation on a machine with memory to spare, and lets the old one double before it looks for garbage.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

/** What to start. */
export interface Program {
  readonly name: string;
  /** Path of the bundle. */
  readonly file: string;
  /** Flags of Node; `NODE_FLAGS` unless told. */
  readonly flags?: readonly string[];
  /** Runs the file instead of Node. */
  readonly interpreter?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A listening server. */
export interface ServerProcess {
  readonly name: string;
  readonly url: string;
  /** CPU time used so far in microseconds, user and system; undefined where the system does not tell. */
  cpuMicroseconds(): Promise<number | undefined>;
  /** Largest resident memory so far in MiB; undefined where the system does not tell. */
  peakMemoryMiB(): Promise<number | undefined>;
  /** Sends the process a message and resolves with its answer. */
  ask(question: string): Promise<unknown>;
  /** @throws BenchError when the server has ended by itself. */
  assertAlive(): void;
  stop(): Promise<void>;
}

/**
 * Starts a server and resolves when it listens.
 *
 * @throws BenchError when it ends or says nothing in time; the message holds what it printed.
 */
export async function startServer(program: Program): Promise<ServerProcess> {
  const { name, file, flags = NODE_FLAGS, interpreter, args = [], environment } = program;
  const child = spawn(interpreter ?? process.execPath, [...(interpreter ? [] : flags), file, ...args], {
    env: { PORT: '0', HOST: '127.0.0.1', DRAIN_MS: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const port = await announcedPort(name, child);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    cpuMicroseconds: () => readCpu(child.pid!),
    peakMemoryMiB: () => readPeakMemory(child.pid!),
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      return (await answer)[0];
    },
    assertAlive() {
      if (hasEnded(child)) throw new BenchError(`${name} has ended with ${child.exitCode ?? child.signalCode}`);
    },
    stop: () => stop(child),
  };
}

async function announcedPort(name: string, child: ChildProcess): Promise<number> {
  const printed: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      const port = /"port":(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
      else if (printed.length < 20) printed.push(line);
    });
  }
  const fail = (what: string) => reject(new BenchError([`${name} ${what}`, ...printed].join('\n')));
  child.once('error', (error) => fail(`cannot be started: ${error.message}`));
  child.once('close', (code, signal) => fail(`ended with ${code ?? signal} instead of listening`));
  const deadline = setTimeout(() => fail(`did not listen within ${START_MS} ms`), START_MS);
  return await promise
    .finally(() => clearTimeout(deadline))
    .catch(async (error) => {
      await stop(child);
      throw error;
    });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(deadline);
}

/** Fields 14 and 15 of proc(5)'s stat; the name in field 2 may hold anything but ends with the last parenthesis. */
async function readCpu(pid: number): Promise<number | undefined> {
  const fields = (await readProc(pid, 'stat'))?.replace(/^.*\) /s, '').split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

async function readPeakMemory(pid: number): Promise<number | undefined> {
  const kibibytes = /^VmHWM:\s+(\d+)/m.exec((await readProc(pid, 'status')) ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

async function readProc(pid: number, file: string): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined);
}

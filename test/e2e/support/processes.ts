/** Runs the repository's programs as real processes, as a container would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../repository.ts';

/** A program that is running, or has ended. */
export interface RunningProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** All lines printed so far, on either output. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts a TypeScript program of this repository with exactly this environment. */
export function startProgram(
  entry: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningProcess {
  const child = spawn(process.execPath, [join(ROOT, entry), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { child, pid: child.pid!, lines, ended };
}

/** Runs a program to its end. */
export async function runProgram(entry: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const program = startProgram(entry, args, environment);
  return { code: await program.ended, output: program.lines.join('\n') };
}

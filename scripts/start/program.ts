/** Runs a program of this repository on this process's own Node. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const END_WITH_PARENT = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;

/** A running program. */
export interface Program {
  /** Its exit code; 1 when a signal ended it. */
  readonly ended: Promise<number>;
  hasEnded(): boolean;
  /** Asks it to end and resolves when it has. */
  stop(): Promise<void>;
}

/** Starts it; `quiet` shows what it prints only when it fails. */
export function runProgram(
  entry: string,
  args: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
  output: 'shown' | 'quiet',
  flags: readonly string[] = [],
): Program {
  const stream = output === 'shown' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [...flags, '--import', END_WITH_PARENT, entry, ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', stream, stream, 'ipc'],
    // Ctrl-C signals the whole process group; each program is asked to end in its turn instead.
    detached: true,
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const ended = once(child, 'close').then(([code]: unknown[]) => {
    if (code !== 0 && output === 'quiet') process.stderr.write(Buffer.concat(printed));
    return typeof code === 'number' ? code : 1;
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    ended,
    hasEnded,
    async stop() {
      if (!hasEnded()) child.kill('SIGTERM');
      await ended;
    },
  };
}

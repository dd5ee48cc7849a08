/** Runs the repository's programs as real processes, as a container would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT, readRepositoryFile } from '../../repository.ts';

/** A program that is running, or has ended. */
export interface RunningProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** All lines printed so far, on either output. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/**
 * Runs an npm script of this repository, as its command stands in package.json (`node [flags] program`), with exactly this environment.
 * npm itself is left out: it would stand between the program and its signals.
 */
export function startScript(
  script: 'api' | 'mcp' | 'train' | 'registry' | 'retrain',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningProcess {
  const [, ...command] = JSON.parse(readRepositoryFile('package.json')).scripts[script].split(' ');
  // A developer's own .env is not the test's environment.
  const own = command.filter(
    (word: string, index: number) =>
      ![word, command[index + 1]].includes('./scripts/load-env.ts') && !word.startsWith('--env-file'),
  );
  return startNode([...own, ...args], environment);
}

/** Runs Node, from the repository's root, with exactly this environment and this text on its standard input. */
export function startNode(args: readonly string[], environment: Readonly<Record<string, string>>, input = ''): RunningProcess {
  return startProgram(process.execPath, args, environment, input);
}

/** Runs any program in the same way. */
export function startProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
): RunningProcess {
  const child = spawn(program, args, { cwd: ROOT, env: environment });
  // A program that ends before it has read all of it is fine.
  child.stdin.on('error', () => undefined).end(input);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return { child, pid: child.pid!, lines, ended };
}

/** Runs an npm script's program to its end. */
export async function runScript(
  script: 'api' | 'train' | 'registry' | 'retrain',
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const program = startScript(script, args, environment);
  return { code: await program.ended, output: program.lines.join('\n') };
}

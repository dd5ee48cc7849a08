/** Runs programs, after printing each command line as one would type it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A problem that one line explains, with what to do about it. */
export class CliError extends Error {}

/** How a command ended that was not successful; what it wrote to its standard error has been shown. */
export class CommandFailed extends CliError {}

/** How a command is run and shown. */
export interface CommandOptions {
  /** Given to the command; never shown. */
  readonly stdin?: string;
  /** The line to show instead, where the real one says less. */
  readonly shown?: string;
  /** Ends the command. */
  readonly signal?: AbortSignal;
}

/** Where commands run. */
export interface Terminal {
  say(line: string): void;
  /** Runs a command; its output is the user's to read. */
  run(program: string, args: readonly string[], options?: CommandOptions): Promise<void>;
  /** Runs a command and returns its output. */
  read(program: string, args: readonly string[], options?: CommandOptions): Promise<string>;
}

const HOW_TO_GET: Readonly<Record<string, string>> = {
  kubectl: 'https://kubernetes.io/docs/tasks/tools',
  docker: 'https://docs.docker.com/get-docker',
  ctr: 'it comes with containerd; run this on the node',
  openssl: 'https://openssl.org',
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const start = async (program: string, args: readonly string[], options: CommandOptions, stdout: 'inherit' | 'pipe') => {
    say(`$ ${options.shown ?? commandLine(program, args)}`);
    return runProgram(program, args, options, stdout);
  };
  return {
    say,
    run: async (program, args, options = {}) => void (await start(program, args, options, 'inherit')),
    read: (program, args, options = {}) => start(program, args, options, 'pipe'),
  };
}

/**
 * Runs commands that go on until they are interrupted; where one fails, the others are ended.
 *
 * @throws what the first one failed with, once all have ended.
 */
export async function runTogether(commands: readonly ((signal: AbortSignal) => Promise<void>)[]): Promise<void> {
  const end = new AbortController();
  const running = commands.map((command) => command(end.signal));
  try {
    await Promise.all(running);
  } finally {
    end.abort();
    await Promise.allSettled(running);
  }
}

/** A command as one would type it in a shell. */
export function commandLine(program: string, args: readonly string[]): string {
  return [program, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

async function runProgram(
  program: string,
  args: readonly string[],
  { stdin, signal }: CommandOptions,
  stdout: 'inherit' | 'pipe',
): Promise<string> {
  const child = spawn(program, args, { stdio: [stdin === undefined ? 'ignore' : 'pipe', stdout, 'inherit'] });
  const end = () => child.kill();
  signal?.addEventListener('abort', end);
  // A command that does not read to the end of its input says itself why.
  child.stdin?.on('error', () => undefined).end(stdin);
  try {
    const [output, [code]] = await Promise.all([
      child.stdout ? text(child.stdout) : '',
      once(child, 'close') as Promise<[number | null]>,
    ]);
    if (code !== 0) throw new CommandFailed(`${program} ${args[0] ?? ''} failed; see above.`);
    return output;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new CliError(`${program} is not on PATH: ${HOW_TO_GET[program] ?? 'install it first'}`);
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

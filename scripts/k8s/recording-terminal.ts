/** A terminal for tests: records what would run, and answers from a table. */
import { CommandFailed, type CommandOptions, commandLine, type Terminal } from './terminal.ts';

/** What was run. */
export interface RecordingTerminal extends Terminal {
  /** Command lines, in order. */
  readonly lines: readonly string[];
  /** Those that change something. */
  readonly changes: () => string[];
  readonly said: readonly string[];
  /** What commands were given on their standard input. */
  readonly inputs: readonly string[];
  /** The lines that were shown instead of the real ones. */
  readonly shown: readonly string[];
}

/**
 * Makes one.
 *
 * @param replies output of the command lines that begin with the key; `null` lets the command fail. Others say nothing.
 */
export function recordingTerminal(replies: Readonly<Record<string, unknown>> = {}): RecordingTerminal {
  const lines: string[] = [];
  const said: string[] = [];
  const inputs: string[] = [];
  const shownLines: string[] = [];
  const read = async (program: string, args: readonly string[], { stdin, shown }: CommandOptions = {}) => {
    const line = commandLine(program, args);
    lines.push(line);
    if (stdin !== undefined) inputs.push(stdin);
    if (shown !== undefined) shownLines.push(shown);
    const key = Object.keys(replies).find((start) => line.startsWith(start));
    const reply = key === undefined ? '' : replies[key];
    if (reply === null) throw new CommandFailed(`${line} failed`);
    return typeof reply === 'string' ? reply : JSON.stringify(reply);
  };
  return {
    lines,
    said,
    inputs,
    shown: shownLines,
    changes: () => lines.filter((line) => !/^kubectl (get|config)|^docker images|^kind get/.test(line)),
    say: (line) => void said.push(line),
    read,
    run: async (program, args, options) => void (await read(program, args, options)),
  };
}

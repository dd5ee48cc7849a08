/** The arguments of the replay command. */
import { readArguments } from '../command.ts';

const OPTIONS = { target: { type: 'string' }, help: { type: 'boolean', default: false, short: 'h' } } as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Sends predictions to the prediction log again that were set aside, or printed because nothing else took them.

    npm run replay -- [--target NAME] [FILE… | -]
    node replay.js [--target NAME] [FILE… | -]          in the API's image

FILE       a file of such lines (*.dead-letters.jsonl); removed when all of its rows are kept, else it holds those that were refused again
-          lines from standard input, between others: kubectl logs POD | node replay.js --target species -
           without either, all files of SPOOL_DIR, or of this machine's own folder for DATABASE_URL and --target
--target   the dataset's target, for lines that do not say theirs: species, churned
--help     this text

DATABASE_URL (and SPOOL_DIR) as for the API. A row that is there already stays single. Exit codes: 0 when every row is kept, 1 otherwise,
2 for a wrong command line, 78 for settings that cannot be used.
`;

/** What to replay. */
export interface ReplayCommand {
  readonly help: boolean;
  readonly target: string | undefined;
  /** Paths, or `-`. */
  readonly files: readonly string[];
}

/** Reads the arguments. @throws UsageError */
export function parseCommandLine(argv: readonly string[]): ReplayCommand {
  const { values, positionals } = readArguments({ args: [...argv], options: OPTIONS, allowPositionals: true });
  return { help: values.help, target: values.target, files: positionals };
}

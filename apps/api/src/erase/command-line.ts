/** From the words of `erase` and the environment to a checked command. */
import type { ErasureRequest } from '@iris/prediction-log/postgres';
import { readSettings } from '@iris/settings';
import { readArguments, UsageError } from '../command.ts';
import { SETTINGS } from '../config.ts';
import { type LogDatabase, readLogDatabase } from '../log-database.ts';

/** Of a name and of a reason. */
const MAX_CHARS = 500;
const OPTIONS = {
  'request-id': { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  'files-only': { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
  target: { type: 'string' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Deletes one person's predictions from the prediction log for good, and writes down who asked for it.

    npm run erase -- --request-id ID --by WHO --reason WHY
    npm run erase -- --list > erasures.jsonl
    npm run erase -- --again [FILE | -]
    node erase.js …                               in the API's image, which has a model

Options
  --request-id ID   whose predictions: those with this request_id, answered up to now
  --by WHO          who asked for it
  --reason WHY      why
  --files-only      only from files of dead letters in SPOOL_DIR: for a pod that has the volume, and no right to delete rows
  --list            prints what was erased so far, a line of JSON each: keep it away from the database
  --again           after a restore: repeats what the database knows to be erased, and what such lines say, of a FILE or standard input (-)
  --target NAME     column of the label: the dataset's target; that of the model (MODEL_FILE or MODEL_DIR) unless given
  --help            this text

Rows of that id that still wait in a spool, were printed, or are in an older backup cannot come back: the table refuses them. The audit has the
SHA-256 of the id, not the id. The role of DATABASE_URL needs SELECT and DELETE on predictions, SELECT and INSERT on prediction_erasures. What
this does not reach, and backups: docs/data-lifecycle.md.

Exit code 0: done, also where there was nothing; 1: it could not be done; 2: wrong option; 78: wrong setting.
`;

interface Erase {
  readonly kind: 'erase';
  readonly request: ErasureRequest;
  readonly isFilesOnly: boolean;
}
interface List {
  readonly kind: 'list';
}
interface Again {
  readonly kind: 'again';
  /** Path, or `-`; undefined for what the database knows. */
  readonly file: string | undefined;
}

/** What to do, checked. */
export type EraseCommand = LogDatabase & { readonly spoolDirectory: string | undefined } & (Erase | List | Again);

/**
 * Reads the arguments after the program's name, and the settings.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError for the arguments, SettingsError for the environment.
 */
export function parseCommandLine(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): EraseCommand | undefined {
  const { values, positionals } = readArguments({ args: [...argv], options: OPTIONS, allowPositionals: true });
  if (values.help) return undefined;
  const wanted = readWanted(values, positionals);
  const database = readLogDatabase(environment, values.target, 'the database of the predictions');
  const { SPOOL_DIR: spoolDirectory } = readSettings({ SPOOL_DIR: SETTINGS.SPOOL_DIR }, environment);
  return { ...database, spoolDirectory, ...wanted };
}

type Words = { readonly [name in 'request-id' | 'by' | 'reason']?: string | undefined } & {
  readonly [name in 'files-only' | 'list' | 'again']: boolean;
};

function readWanted(words: Words, files: readonly string[]): Erase | List | Again {
  const isErasing = words['request-id'] !== undefined;
  if (Number(isErasing) + Number(words.list) + Number(words.again) !== 1)
    throw new UsageError('say one of --request-id, --list and --again');
  if (files.length > Number(words.again)) throw new UsageError(`"${files.at(-1)}" is too much: --again takes one FILE`);
  if (words.list) return { kind: 'list' };
  if (words.again) return { kind: 'again', file: files[0] };
  const request = {
    requestId: readText(words, 'request-id'),
    requestedBy: readText(words, 'by'),
    reason: readText(words, 'reason'),
  };
  return { kind: 'erase', request, isFilesOnly: words['files-only'] };
}

function readText(words: Words, option: 'request-id' | 'by' | 'reason'): string {
  const text = words[option] ?? '';
  if (text.trim() !== '' && text.length <= MAX_CHARS) return text;
  throw new UsageError(`--${option} must be said, in 1 to ${MAX_CHARS} characters`);
}

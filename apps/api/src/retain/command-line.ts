/** From the words of `retain` and the environment to a checked command. */
import { RETENTION_BATCH_ROWS } from '@iris/prediction-log/postgres';
import { readArguments, UsageError } from '../command.ts';
import { type LogDatabase, readLogDatabase } from '../log-database.ts';

const UNITS_MS = { h: 3_600_000, d: 86_400_000 } as const;
const MAX_BATCH_ROWS = 100_000;
const OPTIONS = {
  'older-than': { type: 'string' },
  batch: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  target: { type: 'string' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Deletes old predictions from the database, bit by bit, while others write and read.

    npm run retain -- --older-than 90d [options]
    node retain.js --older-than 90d [options]          in the API's image, which has a model

Options
  --older-than SPAN   what was answered before goes: days or hours such as 90d, 36h
  --dry-run           only says how many there are
  --batch ROWS        deleted in one transaction (default ${RETENTION_BATCH_ROWS}, at most ${MAX_BATCH_ROWS}); a pause as long as it took follows
  --target NAME       column of the label: the dataset's target; that of the model (MODEL_FILE or MODEL_DIR) unless given
  --help              this text

The role of DATABASE_URL needs SELECT and DELETE on predictions and on prediction_counts. Statistics are those of the rows that are left.
What was deleted when it is stopped (SIGTERM, Ctrl-C) stays deleted; the next run goes on. The space is used again; the files do not shrink.
A log in files (PREDICTION_LOG) is not touched. More: docs/data-lifecycle.md.

Exit code 0: none is left that is older; 1: it could not be done, or was stopped; 2: wrong option; 78: wrong setting.
`;

/** What to delete, checked. */
export interface RetainCommand extends LogDatabase {
  readonly olderThanMs: number;
  readonly batchRows: number;
  readonly isDryRun: boolean;
}

/**
 * Reads the arguments after the program's name, and the settings.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError for the arguments, SettingsError for the environment.
 */
export function parseCommandLine(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RetainCommand | undefined {
  const words = readArguments({ args: [...argv], options: OPTIONS }).values;
  if (words.help) return undefined;
  const olderThanMs = parseSpan(words['older-than']);
  const batchRows = parseBatch(words.batch);
  const database = readLogDatabase(environment, words.target, 'the database whose old predictions go');
  return { ...database, olderThanMs, batchRows, isDryRun: words['dry-run'] };
}

/** There is no default: what goes is gone. */
function parseSpan(word: string | undefined): number {
  if (word === undefined) throw new UsageError('say --older-than SPAN, such as 90d');
  const [, count, unit] = /^([1-9]\d{0,4})([hd])$/.exec(word) ?? [];
  if (count !== undefined) return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  throw new UsageError(`--older-than must be days or hours such as 90d, 36h, is "${word}"`);
}

function parseBatch(word = String(RETENTION_BATCH_ROWS)): number {
  const rows = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (rows >= 1 && rows <= MAX_BATCH_ROWS) return rows;
  throw new UsageError(`--batch must be a whole number from 1 to ${MAX_BATCH_ROWS}, is "${word}"`);
}

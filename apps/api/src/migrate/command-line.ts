/** From the words of `migrate` and the environment to a checked command. */
import { readArguments, UsageError } from '../command.ts';
import { type LogDatabase, readLogDatabase } from '../log-database.ts';

const MAX_WAIT_S = 3600;
const OPTIONS = { target: { type: 'string' }, wait: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Brings the database of the prediction log into shape; where it is, nothing is done. Two that run at once wait for one another.

  DATABASE_URL=postgresql://OWNER:PASSWORD@HOST:5432/DATABASE npm run migrate -- --target species
  DATABASE_URL=… node migrate.js              in the API's image, which has a model

The role of DATABASE_URL must own the table, or be allowed to make it (CREATE on the schema). The API itself then needs no more than
SELECT, INSERT and UPDATE on the tables and USAGE on their sequences.

Options
  --target NAME     column of the label: the dataset's target; that of the model (MODEL_FILE or MODEL_DIR) unless given
  --wait SECONDS    how long to try again while it cannot be done (default 0, at most ${MAX_WAIT_S})
  --help            this text

Exit code 0: the table is in shape; 1: it could not be brought there, with the reason; 2: wrong option; 78: wrong setting.
`;

/** What to migrate, checked. */
export interface MigrateCommand extends LogDatabase {
  readonly waitMs: number;
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
): MigrateCommand | undefined {
  const words = readArguments({ args: [...argv], options: OPTIONS }).values;
  if (words.help) return undefined;
  const waitMs = parseWait(words.wait);
  return { ...readLogDatabase(environment, words.target, 'the database to migrate'), waitMs };
}

function parseWait(word = '0'): number {
  const seconds = /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN;
  if (!(seconds <= MAX_WAIT_S)) throw new UsageError(`--wait must be whole seconds from 0 to ${MAX_WAIT_S}, is "${word}"`);
  return seconds * 1000;
}

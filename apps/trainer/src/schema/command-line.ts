/** From the words of `schema` to a checked command. */
import { readArguments } from '@iris/settings/arguments';
import { UsageError } from '../usage-error.ts';

const OPTIONS = {
  target: { type: 'string' },
  out: { type: 'string' },
  missing: { type: 'string', multiple: true, default: [] as string[] },
  'unknown-levels': { type: 'string' },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Looks at a CSV file and writes a schema of it: what each column is, and why. Look at it, change what is wrong, and train with it.

  npm run schema -- rows.csv --target churn
  npm run schema -- rows.csv --target churn --missing unknown --missing -999 --out churn.json
  npm run train -- --data rows.csv --schema schema.json --model auto --version 1.0.0 --out models/churn.json

Options
  --target NAME            the column to predict, by its name in the header
  --out FILE               where the schema goes (default: schema.json)
  --missing TEXT           a text that stands for a missing value, besides an empty cell, NA, N/A, NaN, null, ? and their like; may be given again
  --unknown-levels accept  levels that were not in the file count as missing later; without it, they are refused
  --force                  overwrite what is there
  --help                   this text

Exit code 0: the schema is written; 1: it could not be written; 2: wrong command line, a file that is no table, or a target that cannot be learned.
`;

/** What to look at, checked. */
export interface SchemaCommand {
  readonly dataPath: string;
  readonly target: string;
  readonly outPath: string;
  /** Texts that stand for a missing value. */
  readonly missing: readonly string[];
  readonly unknownLevels?: 'accept';
  /** Whether a file that is there is overwritten. */
  readonly force: boolean;
}

/**
 * Parses the arguments after the program's name.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError with one line that says what to write instead.
 */
export function parseCommandLine(argv: readonly string[]): SchemaCommand | undefined {
  const { values, positionals } = readArguments(
    { args: [...argv], options: OPTIONS, strict: true, allowPositionals: true },
    usage,
  );
  if (values.help) return undefined;
  const [dataPath, ...more] = positionals;
  if (dataPath === undefined) throw usage('say which file, as in: npm run schema -- rows.csv --target churn');
  if (more.length > 0) throw usage(`takes one file, not also "${more[0]}"`);
  if (!values.target) throw usage('say which column to predict: --target NAME');
  const { missing, force, out = 'schema.json', target } = values;
  return { dataPath, target, outPath: out, missing, ...parseUnknownLevels(values['unknown-levels']), force };
}

function parseUnknownLevels(word: string | undefined): Pick<SchemaCommand, 'unknownLevels'> {
  if (word === undefined) return {};
  if (word !== 'accept') throw usage(`--unknown-levels must be accept, or not be given, is "${word}"`);
  return { unknownLevels: word };
}

function usage(message: string): UsageError {
  return new UsageError(`${message}; see --help`);
}

/** The arguments of the drift command, and the settings that it needs. */
import type { ScanQuery } from '@iris/prediction-log';
import { readSettings } from '@iris/settings';
import { readArguments, UsageError } from '../command.ts';
import { logFaults, MODEL_SETTINGS, modelFaults, SETTINGS } from '../config.ts';
import { ApiError } from '../errors.ts';
import { INSTANT_PATTERN, readInstant } from '../features/predictions/instant.ts';

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DEFAULT_LAST = '24h';
const INSTANT = new RegExp(INSTANT_PATTERN);
const MAX_MIN_ROWS = 1_000_000;

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  last: { type: 'string' },
  model: { type: 'string' },
  version: { type: 'string' },
  'min-rows': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Tells whether the predictions of late look like the rows that the model was trained on.

    kubectl exec POD -- node drift.js [options]      in the API's image
    npm run drift -- [options]

Options
  --last SPAN       the span up to now: 30m, 24h (default), 7d
  --from, --to      a span by its ends instead, ISO 8601: 2026-11-30 or 2026-11-30T08:00:00Z; --to is now unless given
  --model NAME      only predictions of this model
  --version V       only predictions of this version
  --min-rows N      least number of values for a verdict (default 50)
  --json            JSON instead of a table
  --help            this text

The model (MODEL_URI, REGISTRY_DIR, MODEL_FILE or MODEL_DIR) and the log (DATABASE_URL or PREDICTION_LOG) are those of the API. An alarm
of a column needs a p-value of at most 0.05, corrected over all columns, and an effect of at least 0.1: docs/drift.md.

Exit code 0: no drift; 1: drift; 2: too few predictions. 64: wrong option; 69: the model or the log cannot be read now;
78: wrong setting.
`;

/** What to measure, checked. */
export interface DriftCommand {
  readonly query: ScanQuery;
  readonly minRows: number | undefined;
  readonly json: boolean;
}

/**
 * Reads the arguments after the program's name.
 *
 * @returns undefined when help is asked for
 * @throws UsageError
 */
export function parseCommandLine(argv: readonly string[], now: Date): DriftCommand | undefined {
  const {
    help,
    json,
    model,
    version,
    'min-rows': minRows,
    ...span
  } = readArguments({ args: [...argv], options: OPTIONS }).values;
  if (help) return undefined;
  const query = { ...readSpan(span, now), ...(model !== undefined && { model }), ...(version !== undefined && { version }) };
  return { query, minRows: minRows === undefined ? undefined : readMinRows(minRows), json };
}

/**
 * Reads the settings that say where model and log are.
 *
 * @throws SettingsError with every fault
 */
export function readDriftSettings(environment: Readonly<Record<string, string | undefined>>) {
  const { DATABASE_URL, PREDICTION_LOG } = SETTINGS;
  return readSettings({ ...MODEL_SETTINGS, DATABASE_URL, PREDICTION_LOG }, environment, (read) => [
    ...modelFaults(read),
    ...logFaults(read.DATABASE_URL?.reveal(), read.PREDICTION_LOG),
    ...((read.DATABASE_URL ?? read.PREDICTION_LOG) === undefined
      ? [{ key: 'DATABASE_URL', detail: 'set it, or PREDICTION_LOG: there is no log to read' }]
      : []),
  ]);
}

interface SpanWords {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
}

function readSpan({ from, to, last }: SpanWords, now: Date): Pick<ScanQuery, 'from' | 'to'> {
  if (last !== undefined && from !== undefined) throw new UsageError('--last and --from name two beginnings: give one of them');
  const end = to === undefined ? now : readTime('--to', to);
  const start = from === undefined ? new Date(end.getTime() - readLast(last ?? DEFAULT_LAST)) : readTime('--from', from);
  if (start < end) return { from: start, to: end };
  throw new UsageError(`--from ${start.toISOString()} is not before --to ${end.toISOString()}`);
}

function readTime(option: string, word: string): Date {
  try {
    if (INSTANT.test(word)) return readInstant(option, word);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  throw new UsageError(`${option} must be a time that exists, such as 2026-11-30T08:00:00Z, is "${word}"`);
}

function readLast(word: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(word) ?? [];
  if (count !== undefined) return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  throw new UsageError(`--last must be minutes, hours or days such as 30m, 24h, 7d, is "${word}"`);
}

function readMinRows(word: string): number {
  const rows = /^\d{1,7}$/.test(word) ? Number(word) : 0;
  if (rows >= 1 && rows <= MAX_MIN_ROWS) return rows;
  throw new UsageError(`--min-rows must be a whole number from 1 to ${MAX_MIN_ROWS}, is "${word}"`);
}

/** From the words of `retrain` and the environment to a checked command. */
import type { ModelKind } from '@iris/model';
import type { EvaluationMethod, SplitMethod } from '@iris/training';
import type { RegistryTarget } from '../command-line.ts';
import { flagOf, HYPERPARAMETER_NAMES } from '../hyperparameters.ts';
import { DEFAULT_KEEP, parseKeep } from '../keep.ts';
import * as options from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { Shares } from './collect-feedback.ts';

/** What a candidate is judged by. */
export const METHODS: readonly Exclude<EvaluationMethod, 'none'>[] = ['folds', 'full', 'holdout'];
export const DEFAULT_METHOD: SplitMethod = 'folds';
export const DEFAULT_MIN_FEEDBACK = 10;
export const DEFAULT_SHARES: Shares = { source: 0.02, all: 0.5 };
const MAX_MIN_FEEDBACK = 1_000_000;
/** Options with a value. */
export const OPTION_NAMES = [
  'dataset',
  'data',
  'schema',
  'registry',
  'model',
  'version',
  'keep',
  'seed',
  'evaluate',
  'min-accuracy',
  'min-recall',
  'min-feedback',
  'source-share',
  'feedback-share',
  'alias',
];
const SWITCHES = ['require-tracking'];

/** What to train again, checked. What is absent is as in the model in service. */
export interface RetrainCommand extends options.Floor {
  readonly source: options.DataSource;
  readonly registry: RegistryTarget;
  readonly model?: ModelKind;
  readonly version?: string;
  readonly seed?: number;
  readonly evaluate: Exclude<EvaluationMethod, 'none'>;
  /** Hyperparameters as they were written: whose they are is known with the model. */
  readonly words: options.Words;
  /** Rows that must have changed. */
  readonly minFeedback: number;
  readonly shares: Shares;
  readonly alias?: string;
  readonly requireTracking: boolean;
}

/**
 * Parses the arguments after the program's name.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError with one line that names the option and what it may be.
 */
export function parseCommandLine(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RetrainCommand | undefined {
  const words = options.readWords(argv, [...OPTION_NAMES, ...HYPERPARAMETER_NAMES.map(flagOf)], SWITCHES);
  if (words.help) return undefined;
  const directory = words.registry || environment.REGISTRY_DIR;
  const missing = options.namesData(words) ? [] : ['--dataset (or --data and --schema)'];
  if (!directory) missing.push('--registry (or REGISTRY_DIR)');
  if (missing.length > 0) throw new UsageError(`missing ${missing.join(', ')}; see --help`);
  const evaluate = options.oneOf('evaluate', words.evaluate ?? DEFAULT_METHOD, METHODS);
  return {
    source: options.parseSource(words),
    registry: { directory: String(directory), keep: words.keep === undefined ? DEFAULT_KEEP : parseKeep(String(words.keep)) },
    ...(words.model !== undefined && { model: options.oneOf('model', words.model, options.MODEL_KINDS) }),
    ...(words.version !== undefined && { version: options.parseVersion(String(words.version)) }),
    ...(words.seed !== undefined && { seed: options.parseSeed(words.seed) }),
    evaluate,
    ...options.parseFloor(words, evaluate),
    words,
    minFeedback: words['min-feedback'] === undefined ? DEFAULT_MIN_FEEDBACK : parseMinFeedback(words['min-feedback']),
    shares: {
      source: shareOf(words, 'source-share', DEFAULT_SHARES.source),
      all: shareOf(words, 'feedback-share', DEFAULT_SHARES.all),
    },
    ...options.parseAlias(words.alias),
    requireTracking: words['require-tracking'] === true,
  };
}

function shareOf(words: options.Words, flag: string, standard: number): number {
  return words[flag] === undefined ? standard : options.parseShare(flag, words[flag]);
}

function parseMinFeedback(word: unknown): number {
  const rows = /^\d+$/.test(String(word)) ? Number(word) : 0;
  if (rows >= 1 && rows <= MAX_MIN_FEEDBACK) return rows;
  throw new UsageError(`--min-feedback must be an integer from 1 to ${MAX_MIN_FEEDBACK}, is "${word}"`);
}

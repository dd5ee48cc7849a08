/** From the words of `train` to a checked command. */
import type { ModelKind } from '@iris/model';
import type { EvaluationMethod, GivenOptions } from '@iris/training';
import { flagOf, HYPERPARAMETER_NAMES, parseHyperparameters } from './hyperparameters.ts';
import { DEFAULT_KEEP, parseKeep } from './keep.ts';
import {
  type DataSource,
  type Floor,
  MODEL_KINDS,
  namesData,
  oneOf,
  parseAlias,
  parseFloor,
  parseSeed,
  parseSource,
  parseVersion,
  readWords,
  type Words,
} from './options.ts';
import { UsageError } from './usage-error.ts';

export const EVALUATION_METHODS: readonly EvaluationMethod[] = ['full', 'holdout', 'none'];
export const DEFAULT_SEED = 42;
/** Options of every model. */
export const GENERAL_OPTIONS = [
  'dataset',
  'data',
  'schema',
  'model',
  'version',
  'out',
  'registry',
  'keep',
  'seed',
  'evaluate',
  'min-accuracy',
  'min-recall',
  'alias',
];
/** Options without a value. */
const SWITCHES = ['require-tracking'];

/** What to train, checked; with a floor, nothing below it is written. */
export interface TrainCommand extends Floor {
  readonly source: DataSource;
  readonly model: ModelKind;
  readonly version: string;
  /** Where the file goes; may be absent where there is a registry. */
  readonly outPath?: string;
  readonly registry?: RegistryTarget;
  readonly seed: number;
  readonly evaluate: EvaluationMethod;
  readonly hyperparameters: GivenOptions;
  /** Alias in MLflow's registry that is to point at the new version. */
  readonly alias?: string;
  /** Whether a model that cannot be tracked is a failure. */
  readonly requireTracking: boolean;
}

/** A registry to which the model is offered. */
export interface RegistryTarget {
  readonly directory: string;
  /** How many of its newest versions stay. */
  readonly keep: number;
}

/**
 * Parses the arguments after the program's name.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError with one line that names the option and what it may be.
 */
export function parseCommandLine(argv: readonly string[]): TrainCommand | undefined {
  const words = readWords(argv, [...GENERAL_OPTIONS, ...HYPERPARAMETER_NAMES.map(flagOf)], SWITCHES);
  if (words.help) return undefined;
  requireOptions(words);
  const model = oneOf('model', words.model, MODEL_KINDS);
  const evaluate = oneOf('evaluate', words.evaluate ?? 'full', EVALUATION_METHODS);
  return {
    source: parseSource(words),
    model,
    version: parseVersion(String(words.version)),
    ...(words.out !== undefined && { outPath: String(words.out) }),
    ...parseRegistry(words, evaluate),
    seed: words.seed === undefined ? DEFAULT_SEED : parseSeed(words.seed),
    evaluate,
    ...parseFloor(words, evaluate),
    hyperparameters: parseHyperparameters(model, words),
    ...parseAlias(words.alias),
    requireTracking: words['require-tracking'] === true,
  };
}

function requireOptions(words: Words): void {
  const missing = ['model', 'version'].filter((name) => !words[name]).map((name) => `--${name}`);
  if (!words.out && !words.registry) missing.push('--out (or --registry)');
  if (!namesData(words)) missing.unshift('--dataset (or --data and --schema)');
  if (missing.length > 0) throw new UsageError(`missing ${missing.join(', ')}; see --help`);
}

function parseRegistry({ registry, keep }: Words, evaluate: EvaluationMethod): Pick<TrainCommand, 'registry'> {
  if (registry === undefined) {
    if (keep !== undefined) throw new UsageError('--keep says nothing without --registry');
    return {};
  }
  if (evaluate === 'none') throw new UsageError('--registry needs an evaluation, and --evaluate none gives none');
  return { registry: { directory: String(registry), keep: keep === undefined ? DEFAULT_KEEP : parseKeep(String(keep)) } };
}

/** From the words of `train` to a checked command. */
import type { ModelKind } from '@iris/model';
import type { Engine, EvaluationMethod, GivenOptions } from '@iris/training';
import { flagOf, HYPERPARAMETER_NAMES, namesIn, parseHyperparameters } from './hyperparameters.ts';
import { DEFAULT_KEEP, parseKeep } from './keep.ts';
import {
  type DataSource,
  defaultEngine,
  ENGINES,
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
  SOURCE_OPTIONS,
  type Words,
} from './options.ts';
import { UsageError } from './usage-error.ts';

export const EVALUATION_METHODS: readonly EvaluationMethod[] = ['full', 'folds', 'holdout', 'none'];
export const DEFAULT_SEED = 42;
/** Options of every model. */
export const GENERAL_OPTIONS = [
  ...SOURCE_OPTIONS,
  'missing',
  'model',
  'engine',
  'max-minutes',
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

/** The word for the algorithm that a comparison chooses. */
export const AUTO = 'auto';
/** What all algorithms have. */
const SHARED_OPTION = 'classWeight';
const DEFAULT_VERSION = '1.0.0';
const MAX_MINUTES = 10_000;

/** What to train, checked; with a floor, nothing below it is written. */
export interface TrainCommand extends CommonCommand {
  readonly model: ModelKind;
  readonly engine: Engine;
}

/** What to compare and then train. */
export interface AutoCommand extends CommonCommand {
  readonly model: typeof AUTO;
  /** Time for the comparison and the fit of what it chooses, in minutes. */
  readonly maxMinutes?: number;
}

interface CommonCommand extends Floor {
  readonly source: DataSource;
  readonly version: string;
  /** Where the file goes; may be absent where there is a registry, and where the schema is inferred: then the file is called as the dataset. */
  readonly outPath?: string;
  readonly registry?: RegistryTarget;
  readonly seed: number;
  readonly evaluate: EvaluationMethod;
  /** Of the model; of a comparison those that all algorithms have. */
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
export function parseCommandLine(argv: readonly string[]): TrainCommand | AutoCommand | undefined {
  const flags = [...GENERAL_OPTIONS.filter((name) => name !== 'missing'), ...HYPERPARAMETER_NAMES.map(flagOf)];
  const words = readWords(argv, flags, SWITCHES, ['missing']);
  if (words.help) return undefined;
  requireOptions(words);
  const source = parseSource(words);
  const model = oneOf('model', words.model ?? AUTO, [AUTO, ...MODEL_KINDS]);
  const common = parseCommon(words, source);
  const minutes = words['max-minutes'];
  if (model === AUTO) {
    const hyperparameters = parseSharedOptions(words, common.evaluate);
    return { ...common, model, hyperparameters, ...(minutes !== undefined && { maxMinutes: parseMinutes(minutes) }) };
  }
  if (minutes !== undefined) throw new UsageError('--max-minutes bounds a comparison: it goes with --model auto');
  const engine = words.engine === undefined ? defaultEngine(source, model) : oneOf('engine', words.engine, ENGINES);
  return { ...common, model, engine, hyperparameters: parseHyperparameters(model, engine, words) };
}

function parseCommon(words: Words, source: DataSource): Omit<CommonCommand, 'hyperparameters'> {
  const evaluate = oneOf('evaluate', words.evaluate ?? 'full', EVALUATION_METHODS);
  return {
    source,
    version: parseVersion(String(words.version ?? DEFAULT_VERSION)),
    ...(words.out !== undefined && { outPath: String(words.out) }),
    ...parseRegistry(words, evaluate),
    seed: words.seed === undefined ? DEFAULT_SEED : parseSeed(words.seed),
    evaluate,
    ...parseFloor(words, evaluate),
    ...parseAlias(words.alias),
    requireTracking: words['require-tracking'] === true,
  };
}

/** A file whose schema is inferred needs no more than its target. */
function requireOptions(words: Words): void {
  const isTable = words.target !== undefined;
  const missing = isTable ? [] : ['model', 'version'].filter((name) => !words[name]).map((name) => `--${name}`);
  if (!isTable && !words.out && !words.registry) missing.push('--out (or --registry)');
  if (!namesData(words)) missing.unshift('--dataset (or --data with --target or --schema)');
  if (missing.length > 0) throw new UsageError(`missing ${missing.join(', ')}; see --help`);
}

/** Of a comparison: an option of one algorithm alone says nothing there. */
function parseSharedOptions(words: Words, evaluate: EvaluationMethod): GivenOptions {
  if (evaluate === 'none') throw new UsageError('--model auto needs an evaluation, and --evaluate none gives none');
  if (words.engine !== undefined) throw new UsageError('--engine goes with one --model, not with auto');
  const foreign = namesIn(words).find((name) => name !== SHARED_OPTION);
  if (foreign !== undefined) throw new UsageError(`--${flagOf(foreign)} is an option of one model: say which with --model`);
  return parseHyperparameters('logreg', 'iris', words);
}

function parseMinutes(word: unknown): number {
  const minutes = String(word).trim() === '' ? Number.NaN : Number(word);
  if (minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  throw new UsageError(`--max-minutes must be a number above 0, up to ${MAX_MINUTES}, is "${word}"`);
}

function parseRegistry({ registry, keep }: Words, evaluate: EvaluationMethod): Pick<TrainCommand, 'registry'> {
  if (registry === undefined) {
    if (keep !== undefined) throw new UsageError('--keep says nothing without --registry');
    return {};
  }
  if (evaluate === 'none') throw new UsageError('--registry needs an evaluation, and --evaluate none gives none');
  return { registry: { directory: String(registry), keep: keep === undefined ? DEFAULT_KEEP : parseKeep(String(keep)) } };
}

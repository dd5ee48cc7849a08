/** From the words of a command line to a checked command. */
import { parseArgs } from 'node:util';
import type { ModelKind } from '@iris/model';
import { type EvaluationMethod, type GivenOptions, MAX_SEED, OPTION_TABLES } from '@iris/training';
import { flagOf, HYPERPARAMETER_NAMES, parseHyperparameters } from './hyperparameters.ts';
import { DEFAULT_KEEP, parseKeep } from './keep.ts';
import { UsageError } from './usage-error.ts';

/** Datasets that come with the project. */
export const DATASET_NAMES = ['iris', 'churn'] as const;
export const MODEL_KINDS = Object.keys(OPTION_TABLES) as ModelKind[];
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

// Semantic Versioning 2.0.0 without build metadata, which file names and labels cannot hold.
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,50})?$/;

// MLflow refuses others: names of versions, such as v3, and the word latest are its own.
const ALIAS = /^(?!v\d+$)(?!latest$)[\w-]{1,100}$/i;

/** Where the samples come from. */
export type DataSource =
  | { readonly kind: 'named'; readonly name: (typeof DATASET_NAMES)[number] }
  | { readonly kind: 'files'; readonly dataPath: string; readonly schemaPath: string };

/** What to train, checked. */
export interface TrainCommand {
  readonly source: DataSource;
  readonly model: ModelKind;
  readonly version: string;
  /** Where the file goes; may be absent where there is a registry. */
  readonly outPath?: string;
  readonly registry?: RegistryTarget;
  readonly seed: number;
  readonly evaluate: EvaluationMethod;
  /** Least mean accuracy at which a file is written. */
  readonly minAccuracy?: number;
  /** Least recall of each class at which a file is written. */
  readonly minRecall?: number;
  readonly hyperparameters: GivenOptions;
  /** Alias in MLflow's registry that is to point at the new version. */
  readonly alias?: string;
  /** Whether a model that cannot be tracked is a failure. */
  readonly requireTracking: boolean;
}

/** A registry to which the model is offered. */
interface RegistryTarget {
  readonly directory: string;
  /** How many of its newest versions stay. */
  readonly keep: number;
}

type Words = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Parses the arguments after the program's name.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError with one line that names the option and what it may be.
 */
export function parseCommandLine(argv: readonly string[]): TrainCommand | undefined {
  const words = readWords(argv);
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
    seed: parseSeed(words.seed),
    evaluate,
    ...parseGate('minAccuracy', words['min-accuracy'], evaluate),
    ...parseGate('minRecall', words['min-recall'], evaluate),
    hyperparameters: parseHyperparameters(model, words),
    ...parseAlias(words.alias),
    requireTracking: words['require-tracking'] === true,
  };
}

function readWords(argv: readonly string[]): Words {
  const text = { type: 'string' } as const;
  const flags = [...GENERAL_OPTIONS, ...HYPERPARAMETER_NAMES.map(flagOf)];
  const options = {
    help: { type: 'boolean', short: 'h' } as const,
    ...Object.fromEntries(SWITCHES.map((flag) => [flag, { type: 'boolean' } as const])),
    ...Object.fromEntries(flags.map((flag) => [flag, text])),
  };
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's messages go on with advice about positional arguments.
    const [sentence = ''] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}; see --help`);
  }
}

function requireOptions(words: Words): void {
  const hasData = words.dataset !== undefined || words.data !== undefined || words.schema !== undefined;
  const missing = ['model', 'version'].filter((name) => !words[name]).map((name) => `--${name}`);
  if (!words.out && !words.registry) missing.push('--out (or --registry)');
  if (!hasData) missing.unshift('--dataset (or --data and --schema)');
  if (missing.length > 0) throw new UsageError(`missing ${missing.join(', ')}; see --help`);
}

function parseSource({ dataset, data, schema }: Words): DataSource {
  if (dataset === undefined) {
    if (!data || !schema) throw new UsageError(`missing --${data ? 'schema' : 'data'}: --data and --schema go together`);
    return { kind: 'files', dataPath: String(data), schemaPath: String(schema) };
  }
  if (data !== undefined || schema !== undefined) throw new UsageError('--dataset and --data exclude each other');
  return { kind: 'named', name: oneOf('dataset', dataset, DATASET_NAMES) };
}

function parseRegistry({ registry, keep }: Words, evaluate: EvaluationMethod): Pick<TrainCommand, 'registry'> {
  if (registry === undefined) {
    if (keep !== undefined) throw new UsageError('--keep says nothing without --registry');
    return {};
  }
  if (evaluate === 'none') throw new UsageError('--registry needs an evaluation, and --evaluate none gives none');
  return { registry: { directory: String(registry), keep: keep === undefined ? DEFAULT_KEEP : parseKeep(String(keep)) } };
}

function oneOf<Word extends string>(name: string, value: unknown, allowed: readonly Word[]): Word {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, is "${value}"`);
  return found;
}

function parseVersion(version: string): string {
  if (!VERSION.test(version)) throw new UsageError(`--version must be a version such as 0.1.0, is "${version}"`);
  return version;
}

function parseSeed(word: unknown): number {
  if (word === undefined) return DEFAULT_SEED;
  const seed = /^\d+$/.test(String(word)) ? Number(word) : Number.NaN;
  if (!(seed <= MAX_SEED)) throw new UsageError(`--seed must be an integer from 0 to ${MAX_SEED}, is "${word}"`);
  return seed;
}

function parseAlias(word: unknown): Pick<TrainCommand, 'alias'> {
  if (word === undefined) return {};
  const alias = String(word);
  if (!ALIAS.test(alias)) throw new UsageError(`--alias must be a name such as champion, is "${alias}"`);
  return { alias };
}

type Gate = 'minAccuracy' | 'minRecall';

function parseGate(gate: Gate, word: unknown, evaluate: EvaluationMethod): Pick<TrainCommand, Gate> {
  if (word === undefined) return {};
  const least = String(word).trim() === '' ? Number.NaN : Number(word);
  if (!(least >= 0 && least <= 1)) throw new UsageError(`--${flagOf(gate)} must be from 0 to 1, is "${word}"`);
  if (evaluate === 'none') throw new UsageError(`--${flagOf(gate)} needs an evaluation, and --evaluate none gives none`);
  return { [gate]: least };
}

/** Options that `train` and `retrain` have in common, from words to checked values. */
import type { ModelKind } from '@iris/model';
import { readArguments } from '@iris/settings/arguments';
import { type Engine, type EvaluationMethod, MAX_SEED, OPTION_TABLES } from '@iris/training';
import { flagOf } from './hyperparameters.ts';
import type { FileToInfer } from './schema/infer-from-file.ts';
import { UsageError } from './usage-error.ts';

/** Datasets that come with the project. */
export const DATASET_NAMES = ['iris', 'churn'] as const;
export const MODEL_KINDS = Object.keys(OPTION_TABLES) as ModelKind[];

// Semantic Versioning 2.0.0 without build metadata, which file names and labels cannot hold.
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,50})?$/;

// MLflow refuses others: names of versions, such as v3, and the word latest are its own.
const ALIAS = /^(?!v\d+$)(?!latest$)[\w-]{1,100}$/i;

/** Where the samples come from. */
export type DataSource =
  | { readonly kind: 'named'; readonly name: (typeof DATASET_NAMES)[number] }
  | { readonly kind: 'files'; readonly dataPath: string; readonly schemaPath: string }
  | TableSource;

/** A file whose schema is inferred. */
export interface TableSource extends FileToInfer {
  readonly kind: 'table';
}

/** What a command line says, by option. */
export type Words = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Reads a command line of options alone; `--help` is always one.
 *
 * @param flags options with a value.
 * @param switches options without one.
 * @param lists options with a value that may be given again.
 * @throws UsageError
 */
export function readWords(
  argv: readonly string[],
  flags: readonly string[],
  switches: readonly string[],
  lists: readonly string[] = [],
): Words {
  const options = {
    help: { type: 'boolean', short: 'h' } as const,
    ...Object.fromEntries(lists.map((flag) => [flag, { type: 'string', multiple: true } as const])),
    ...Object.fromEntries(switches.map((flag) => [flag, { type: 'boolean' } as const])),
    ...Object.fromEntries(flags.map((flag) => [flag, { type: 'string' } as const])),
  };
  const config = { args: [...argv], options, strict: true, allowPositionals: false } as const;
  return readArguments(config, (sentence) => new UsageError(`${sentence}; see --help`)).values;
}

/** Options by which samples are named. */
export const SOURCE_OPTIONS = ['dataset', 'data', 'schema', 'target', 'unknown-levels'];

/** Whether a command line names samples. */
export function namesData({ dataset, data, schema, target }: Words): boolean {
  return dataset !== undefined || data !== undefined || schema !== undefined || target !== undefined;
}

/** `--dataset`, or `--data` with `--schema` or `--target`. @throws UsageError */
export function parseSource(words: Words): DataSource {
  const { dataset, data, schema, target } = words;
  if (dataset !== undefined) {
    if (data !== undefined || schema !== undefined || target !== undefined) {
      throw new UsageError('--dataset and --data exclude each other, and --schema and --target belong to --data');
    }
    return { kind: 'named', name: oneOf('dataset', dataset, DATASET_NAMES) };
  }
  if (!data) throw new UsageError('missing --data: the file of rows goes with --target or --schema');
  if (schema !== undefined && target !== undefined) throw new UsageError('--schema names the target: leave out --target');
  if (target) return parseTable(words);
  if (!schema) throw new UsageError('missing --target: say which column to predict, or give a --schema');
  return { kind: 'files', dataPath: String(data), schemaPath: String(schema) };
}

function parseTable({ data, target, missing, 'unknown-levels': unknownLevels }: Words): TableSource {
  return {
    kind: 'table',
    dataPath: String(data),
    target: String(target),
    missing: Array.isArray(missing) ? missing : [],
    ...(unknownLevels !== undefined && { unknownLevels: oneOf('unknown-levels', unknownLevels, ['accept'] as const) }),
  };
}

/** All engines. */
export const ENGINES = [...new Set(Object.values(OPTION_TABLES).flatMap(Object.keys))] as Engine[];

/**
 * What fits a model where nobody says: our own code, but for the iris flowers the libraries that the first versions of this project used, so that
 * their models stay as they are.
 */
export function defaultEngine(source: DataSource, model: ModelKind): Engine {
  if (source.kind !== 'named' || source.name !== 'iris') return 'iris';
  return model === 'rf' ? 'ml-random-forest' : model === 'logreg' ? 'tensorflow' : 'iris';
}

/** One of some words. @throws UsageError */
export function oneOf<Word extends string>(name: string, value: unknown, allowed: readonly Word[]): Word {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, is "${value}"`);
  return found;
}

/** `--version`. @throws UsageError */
export function parseVersion(version: string): string {
  if (!VERSION.test(version)) throw new UsageError(`--version must be a version such as 0.1.0, is "${version}"`);
  return version;
}

/** `--seed`. @throws UsageError */
export function parseSeed(word: unknown): number {
  const seed = /^\d+$/.test(String(word)) ? Number(word) : Number.NaN;
  if (!(seed <= MAX_SEED)) throw new UsageError(`--seed must be an integer from 0 to ${MAX_SEED}, is "${word}"`);
  return seed;
}

/** `--alias`; nothing where it is not given. @throws UsageError */
export function parseAlias(word: unknown): { readonly alias?: string } {
  if (word === undefined) return {};
  const alias = String(word);
  if (!ALIAS.test(alias)) throw new UsageError(`--alias must be a name such as champion, is "${alias}"`);
  return { alias };
}

/** Bounds that a model must reach; absent those that are not given. */
export interface Floor {
  /** Least mean accuracy. */
  readonly minAccuracy?: number;
  /** Least recall of each class. */
  readonly minRecall?: number;
}

/** `--min-accuracy` and `--min-recall`. @throws UsageError */
export function parseFloor(words: Words, evaluate: EvaluationMethod): Floor {
  return { ...parseBound('minAccuracy', words, evaluate), ...parseBound('minRecall', words, evaluate) };
}

function parseBound(bound: keyof Floor, words: Words, evaluate: EvaluationMethod): Floor {
  const flag = flagOf(bound);
  if (words[flag] === undefined) return {};
  const least = parseShare(flag, words[flag]);
  if (evaluate === 'none') throw new UsageError(`--${flag} needs an evaluation, and --evaluate none gives none`);
  return { [bound]: least };
}

/** A number from 0 to 1. @throws UsageError */
export function parseShare(flag: string, word: unknown): number {
  const share = String(word).trim() === '' ? Number.NaN : Number(word);
  if (!(share >= 0 && share <= 1)) throw new UsageError(`--${flag} must be from 0 to 1, is "${word}"`);
  return share;
}

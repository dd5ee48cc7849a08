/** Hyperparameters as command-line options: `maxFeatures` is `--max-features`, whichever model it belongs to. */
import type { ModelKind } from '@iris/model';
import {
  acceptsValue,
  describeRange,
  type Engine,
  type GivenOptions,
  OPTION_TABLES,
  type OptionSpec,
  type OptionTable,
  optionTable,
} from '@iris/training';
import { UsageError } from './usage-error.ts';

/** The options of each engine of each model. */
export const ALL_TABLES: readonly (readonly [model: ModelKind, engine: Engine, table: OptionTable])[] = Object.entries(
  OPTION_TABLES,
).flatMap(([model, engines]) =>
  Object.entries<OptionTable>(engines).map(([engine, table]) => [model as ModelKind, engine as Engine, table] as const),
);

/** Names of all models' hyperparameters, each once. */
export const HYPERPARAMETER_NAMES: readonly string[] = [...new Set(ALL_TABLES.flatMap(([, , table]) => Object.keys(table)))];

/** `maxFeatures` → `max-features`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Picks the hyperparameters out of the command line's options.
 *
 * @throws UsageError when the engine does not fit the model, or a hyperparameter is another one's or out of range.
 */
export function parseHyperparameters(model: ModelKind, engine: Engine, words: Readonly<Record<string, unknown>>): GivenOptions {
  const table = tableOf(model, engine);
  const given = namesIn(words);
  return Object.fromEntries(
    given.map((name) => {
      const spec = table[name];
      if (!spec) throw foreignOption(name, model, table);
      return [name, parseValue(name, spec, String(words[flagOf(name)]))];
    }),
  );
}

/** The hyperparameters that a command line names. */
export function namesIn(words: Readonly<Record<string, unknown>>): string[] {
  return HYPERPARAMETER_NAMES.filter((name) => words[flagOf(name)] !== undefined);
}

/** The options of a model in service that its algorithm still has: those of another engine are left out. */
export function knownHyperparameters(model: ModelKind, engine: Engine, options: GivenOptions): GivenOptions {
  const table = optionTable(model, engine) ?? {};
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(table, name)));
}

function tableOf(model: ModelKind, engine: Engine): OptionTable {
  const table = optionTable(model, engine);
  if (table) return table;
  const engines = Object.keys(OPTION_TABLES[model]).join(', ');
  throw new UsageError(`--engine ${engine} does not fit ${model}, whose engines are ${engines}`);
}

function parseValue(name: string, spec: OptionSpec, word: string): number | string {
  const isWord = word === spec.default || spec.words?.includes(word) || word.trim() === '';
  const value = isWord ? word : Number(word);
  if (acceptsValue(spec, value)) return value;
  throw new UsageError(`--${flagOf(name)} must be ${describeRange(spec)}, is "${word}"`);
}

function foreignOption(name: string, model: ModelKind, table: OptionTable): UsageError {
  const own = Object.keys(table).map((key) => `--${flagOf(key)}`);
  return new UsageError(`--${flagOf(name)} is no option of ${model}, whose options are ${own.join(', ')}`);
}

/** Hyperparameters as command-line options: `maxFeatures` is `--max-features`, whichever model it belongs to. */
import type { ModelKind } from '@iris/model';
import { acceptsValue, describeRange, type GivenOptions, OPTION_TABLES, type OptionSpec, type OptionTable } from '@iris/training';
import { UsageError } from './usage-error.ts';

/** Names of all models' hyperparameters, each once. */
export const HYPERPARAMETER_NAMES: readonly string[] = [...new Set(Object.values(OPTION_TABLES).flatMap(Object.keys))];

/** `maxFeatures` → `max-features`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Picks the hyperparameters out of the command line's options.
 *
 * @throws UsageError when one is another model's or out of range.
 */
export function parseHyperparameters(model: ModelKind, words: Readonly<Record<string, unknown>>): GivenOptions {
  const table: OptionTable = OPTION_TABLES[model];
  const given = HYPERPARAMETER_NAMES.filter((name) => words[flagOf(name)] !== undefined);
  return Object.fromEntries(
    given.map((name) => {
      const spec = table[name];
      if (!spec) throw foreignOption(name, model, table);
      return [name, parseValue(name, spec, String(words[flagOf(name)]))];
    }),
  );
}

/** The options of a model in service that its algorithm still has: those of another engine are left out. */
export function knownHyperparameters(model: ModelKind, options: GivenOptions): GivenOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(OPTION_TABLES[model], name)));
}

function parseValue(name: string, spec: OptionSpec, word: string): number | string {
  const value = word === spec.default || word.trim() === '' ? word : Number(word);
  if (acceptsValue(spec, value)) return value;
  throw new UsageError(`--${flagOf(name)} must be ${describeRange(spec)}, is "${word}"`);
}

function foreignOption(name: string, model: ModelKind, table: OptionTable): UsageError {
  const own = Object.keys(table).map((key) => `--${flagOf(key)}`);
  return new UsageError(`--${flagOf(name)} is no option of ${model}, whose options are ${own.join(', ')}`);
}

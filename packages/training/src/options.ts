/** Hyperparameters as data: each algorithm owns a table, from which checking, recording and command-line help are derived. */
import { TrainingError } from './errors.ts';

/** One hyperparameter of one algorithm. */
export interface OptionSpec {
  /** A number, or the word that stands for a value computed from the rows. */
  readonly default: number | string;
  /** Bounds of a number; absent where only words are taken. */
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** Words that are taken besides the default. */
  readonly words?: readonly string[];
  /** One line for people: what it does and what the word means. */
  readonly summary: string;
}

/** Hyperparameters of one algorithm by name. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** Values for a table: numbers, or the word where the default is one. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly words: readonly (infer Word)[] }
    ? Word | Table[Name]['default']
    : Table[Name]['default'] extends string
      ? number | Table[Name]['default']
      : number;
};

/** Hyperparameters as someone gave them, by name; what is absent takes its default. */
export type GivenOptions = Readonly<Record<string, number | string>>;

/**
 * Checks given hyperparameters against a table and fills in the defaults.
 *
 * @throws TrainingError `TRAINING_OPTION` at the first that is unknown or out of range.
 */
export function checkOptions<Table extends OptionTable>(table: Table, given: GivenOptions): OptionValues<Table> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(table, name)) throw unknownOption(name, table);
  }
  const entries = Object.entries(table).map(([name, spec]) => [name, checkValue(name, spec, given[name] ?? spec.default)]);
  return Object.fromEntries(entries) as OptionValues<Table>;
}

/** What a value may be, for people: `an integer from 1 to 10000`, `a number from 0 to 5, or "scale"`, `"none" or "balanced"`. */
export function describeRange({ default: standard, min, max, integer, words = [] }: OptionSpec): string {
  const quoted = [...(typeof standard === 'string' ? [standard] : []), ...words].map((word) => JSON.stringify(word));
  if (min === undefined) return quoted.join(' or ');
  const range = `${integer ? 'an integer' : 'a number'} from ${min} to ${max}`;
  return [range, ...quoted].join(', or ');
}

/** Whether a hyperparameter may have a value. */
export function acceptsValue({ default: standard, min, max, integer, words = [] }: OptionSpec, value: number | string): boolean {
  if (value === standard || words.includes(String(value))) return true;
  if (typeof value !== 'number' || min === undefined || max === undefined) return false;
  return value >= min && value <= max && (!integer || Number.isInteger(value));
}

function checkValue(name: string, spec: OptionSpec, value: number | string): number | string {
  if (acceptsValue(spec, value)) return value;
  throw new TrainingError('TRAINING_OPTION', `${name} must be ${describeRange(spec)}, is ${value}`, { name, value });
}

function unknownOption(name: string, table: OptionTable): TrainingError {
  const known = Object.keys(table).join(', ');
  return new TrainingError('TRAINING_OPTION', `there is no option ${name}; the options are ${known}`, { name, known });
}

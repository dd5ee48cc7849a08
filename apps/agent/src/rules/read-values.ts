/** Finds the values of features in a text: by name, by a part of the name, or in order. */
import { plain } from '../turn/language.ts';
import { assignNumbers } from './assign-numbers.ts';
import type { Domain, NumericFeature } from './domain.ts';
import { mentions } from './name-features.ts';
import { readLevels } from './read-levels.ts';
import { tokenize } from './tokens.ts';
import type { Measured } from './units.ts';

/** Values by feature name. */
export type Values = Readonly<Record<string, number | string>>;

/** What was found. */
export interface FoundValues {
  /** Values whose feature was named, or is the only one with that level. */
  readonly named: Values;
  /** Whole samples that were named before it. */
  readonly rows: readonly Values[];
  /** Numbers without a name, in their order. */
  readonly loose: readonly Measured[];
}

/**
 * Reads a text.
 *
 * @param known values of earlier messages: what they lack comes first where a name fits several features.
 */
export function readValues(text: string, domain: Domain, known: Values = {}): FoundValues {
  const numeric = domain.features.filter((feature) => feature.kind === 'numeric');
  const tokens = tokenize(zeroes(text, numeric), numeric.length);
  const { rows, loose } = assignNumbers(tokens, numeric, ({ name }) => !(name in known));
  const levels = readLevels(text, domain);
  return {
    named: { ...rows.at(-1), ...levels },
    rows: rows.slice(0, -1),
    loose: withoutCount(loose, numeric.length, rows.length),
  };
}

/** "No complaints": a count of none. */
function zeroes(text: string, features: readonly NumericFeature[]): string {
  const counts = features.filter(({ unit }) => unit === undefined);
  return text.replace(/\b(?:no|without(?: any)?|aucune?|pas de|sans) (\p{L}+)/giu, (whole, word: string) =>
    counts.some((feature) => mentions(feature, plain(word))) ? `0 ${word}` : whole,
  );
}

/** "These two: …": without the number that tells how many samples follow. */
function withoutCount(loose: readonly Measured[], size: number, namedRows: number): readonly Measured[] {
  const rows = loose.length === 1 ? namedRows : (loose.length - 1) / size;
  if (!Number.isInteger(rows) || rows < 2) return loose;
  const count = loose.findIndex(({ value, unit }) => value === rows && unit === undefined);
  return count < 0 ? loose : loose.toSpliced(count, 1);
}

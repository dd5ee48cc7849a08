/** From what was found in one message, and what is known from those before, to whole samples or to what is missing. */

import type { Domain, Feature, NumericFeature } from './domain.ts';
import type { FoundValues, Values } from './read-values.ts';
import { type Measured, valueIn } from './units.ts';

/** Whole samples, or one that lacks something. */
export type Samples =
  | { readonly kind: 'one'; readonly values: Values }
  | { readonly kind: 'many'; readonly instances: readonly Values[] }
  | { readonly kind: 'incomplete'; readonly values: Values; readonly missing: readonly Feature[]; readonly surplus: number };

/**
 * Completes.
 *
 * @param known values from earlier messages; those found now win.
 */
export function completeSample(found: FoundValues, domain: Domain, known: Values = {}): Samples {
  const numeric = domain.features.filter((feature) => feature.kind === 'numeric');
  if (found.rows.length > 0 && found.loose.length === 0) return completeRows(found, domain);
  if (isList(found, numeric, domain)) return { kind: 'many', instances: splitRows(found, numeric) };
  const values: Record<string, number | string> = { ...known, ...found.named };
  // A full list means all of them anew; fewer numbers fill what is open, in order.
  const open = found.loose.length === numeric.length ? numeric : numeric.filter(({ name }) => !(name in values));
  // Beside numbers that are named, one that is not could be anybody's.
  const isMixed = Object.values(found.named).some((value) => typeof value === 'number');
  const isSure =
    found.loose.length <= (isMixed ? 0 : open.length) && found.loose.every((number, index) => fits(number, open[index]!));
  if (isSure)
    for (const [index, number] of found.loose.entries()) values[open[index]!.name] = valueIn(open[index]!.unit, number)!;
  const missing = domain.features.filter(({ name }) => !(name in values));
  if (missing.length === 0 && isSure) return { kind: 'one', values: inOrder(values, domain) };
  return { kind: 'incomplete', values, missing, surplus: isSure ? 0 : found.loose.length };
}

/** Samples named one after the other; the last one may lack something. */
function completeRows({ rows, named }: FoundValues, domain: Domain): Samples {
  const instances = [...rows, named];
  const missing = domain.features.filter(({ name }) => instances.some((values) => !(name in values)));
  return missing.length === 0
    ? { kind: 'many', instances: instances.map((values) => inOrder(values, domain)) }
    : { kind: 'incomplete', values: named, missing, surplus: 0 };
}

function isList({ loose, named }: FoundValues, numeric: readonly NumericFeature[], { features }: Domain): boolean {
  const size = numeric.length;
  const isWhole = size === features.length && loose.length >= 2 * size && loose.length % size === 0;
  return isWhole && Object.keys(named).length === 0 && loose.every((number, index) => fits(number, numeric[index % size]!));
}

function splitRows({ loose }: FoundValues, numeric: readonly NumericFeature[]): Values[] {
  return Array.from({ length: loose.length / numeric.length }, (_, row) =>
    Object.fromEntries(
      numeric.map((feature, column) => [feature.name, valueIn(feature.unit, loose[row * numeric.length + column]!)!]),
    ),
  );
}

/** Whether it is sure in which unit the number is. */
function fits(number: Measured, { unit }: NumericFeature): boolean {
  return valueIn(unit, number) !== undefined;
}

function inOrder(values: Values, { features }: Domain): Values {
  return Object.fromEntries(features.map(({ name }) => [name, values[name]!]));
}

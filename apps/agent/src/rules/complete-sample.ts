/** From what was found in one message, and what is known from those before, to whole samples or to what is missing. */

import type { Measured } from './assign-numbers.ts';
import type { Domain, Feature, NumericFeature } from './domain.ts';
import type { FoundValues, Values } from './read-values.ts';
import { convert } from './units.ts';

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
  if (isList(found, numeric.length, domain)) return { kind: 'many', instances: splitRows(found, numeric) };
  const values: Record<string, number | string> = { ...known, ...found.named };
  // A full list means all of them anew; fewer numbers fill what is open, in order.
  const open = found.loose.length === numeric.length ? numeric : numeric.filter(({ name }) => !(name in values));
  // Beside numbers that are named, one that is not could be anybody's.
  const isMixed = Object.values(found.named).some((value) => typeof value === 'number');
  const fits = found.loose.length <= (isMixed ? 0 : open.length);
  if (fits) for (const [index, value] of found.loose.entries()) values[open[index]!.name] = inUnitOf(open[index]!, value);
  const missing = domain.features.filter(({ name }) => !(name in values));
  if (missing.length === 0 && fits) return { kind: 'one', values: inOrder(values, domain) };
  return { kind: 'incomplete', values, missing, surplus: fits ? 0 : found.loose.length };
}

/** Samples named one after the other; the last one may lack something. */
function completeRows({ rows, named }: FoundValues, domain: Domain): Samples {
  const instances = [...rows, named];
  const missing = domain.features.filter(({ name }) => instances.some((values) => !(name in values)));
  return missing.length === 0
    ? { kind: 'many', instances: instances.map((values) => inOrder(values, domain)) }
    : { kind: 'incomplete', values: named, missing, surplus: 0 };
}

function isList({ loose, named }: FoundValues, size: number, { features }: Domain): boolean {
  const isNumeric = size === features.length;
  return isNumeric && loose.length >= 2 * size && loose.length % size === 0 && Object.keys(named).length === 0;
}

function splitRows({ loose }: FoundValues, numeric: readonly NumericFeature[]): Values[] {
  return Array.from({ length: loose.length / numeric.length }, (_, row) =>
    Object.fromEntries(
      numeric.map((feature, column) => [feature.name, inUnitOf(feature, loose[row * numeric.length + column]!)]),
    ),
  );
}

function inUnitOf(feature: NumericFeature, { value, unit }: Measured): number {
  return convert(value, unit, feature.unit);
}

function inOrder(values: Values, { features }: Domain): Values {
  return Object.fromEntries(features.map(({ name }) => [name, values[name]!]));
}

/** The values of a logged sample, in an order that people know. */
import type { DatasetSchema, Instance } from '../../lib/api/types.ts';

/** Name and value in the order of the model's features; what another model asked for follows, as it was kept. */
export function orderedValues(
  values: Instance,
  dataset: Pick<DatasetSchema, 'features'> | undefined,
): readonly (readonly [name: string, value: number | string])[] {
  const known = dataset?.features.map(({ name }) => name).filter((name) => Object.hasOwn(values, name)) ?? [];
  return [...new Set([...known, ...Object.keys(values)])].map((name) => [name, values[name]!]);
}

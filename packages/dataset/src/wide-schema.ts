/** JSON Schemas of wide rows, for validators that turn a schema into code. */
import type { JsonSchema } from './sample-schema.ts';

/** Ajv writes each check into the block of the one before, and engines parse some hundreds of nested blocks only. */
const MAX_SIBLINGS = 100;
const SCHEMAS = ['items', 'additionalProperties', 'if', 'then', 'else', 'not'];
const LISTS = ['prefixItems', 'allOf', 'anyOf', 'oneOf'];

type Schemas = Readonly<Record<string, unknown>>;

/**
 * The same schema in parts: an object of many `properties`, and a tuple of many `prefixItems`, are checked in groups of a hundred, by `allOf`.
 * The same values are valid, and the faults of others stand at the same places.
 */
export function splitWide(schema: JsonSchema): JsonSchema {
  const split = mapValues(schema, (value, keyword) => splitKeyword(keyword, value));
  const { properties, prefixItems } = split as { readonly properties?: Schemas; readonly prefixItems?: readonly unknown[] };
  const groups: JsonSchema[] = [];
  // What is there is still said beside the groups, for `additionalProperties` and `items`; `true` costs no check.
  const names: { properties?: Schemas; prefixItems?: readonly true[] } = {};
  if (properties && Object.keys(properties).length > MAX_SIBLINGS) {
    groups.push(...inGroups(Object.entries(properties)).map((entries) => ({ properties: Object.fromEntries(entries) })));
    names.properties = mapValues(properties, () => true);
  }
  if (prefixItems && prefixItems.length > MAX_SIBLINGS) {
    groups.push(...inGroups(prefixItems).map((items, at) => ({ prefixItems: [...trues(at * MAX_SIBLINGS), ...items] })));
    names.prefixItems = trues(prefixItems.length);
  }
  return groups.length > 0
    ? { ...split, ...names, allOf: [...((split.allOf as JsonSchema[] | undefined) ?? []), ...groups] }
    : split;
}

function splitKeyword(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') return mapValues(value as Schemas, splitAny);
  if (LISTS.includes(keyword)) return (value as readonly unknown[]).map(splitAny);
  return SCHEMAS.includes(keyword) ? splitAny(value) : value;
}

/** A schema may be a truth value. */
function splitAny(schema: unknown): unknown {
  return typeof schema === 'object' ? splitWide(schema as JsonSchema) : schema;
}

function mapValues(values: Schemas, change: (value: unknown, key: string) => unknown): Schemas {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

function inGroups<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / MAX_SIBLINGS);
  return Array.from({ length: count }, (_, group) => items.slice(group * MAX_SIBLINGS, (group + 1) * MAX_SIBLINGS));
}

function trues(length: number): true[] {
  return new Array<true>(length).fill(true);
}

/**
 * Reads arguments as language models and clients write them, where there is one way to read them: a number or a truth value as text, a
 * list or an object as JSON text, null for what may be left out, the title of an argument for its name, and names that the schema does not have.
 */
import type { JsonSchema } from '@iris/dataset';

/** What was read. */
export interface ReadArguments {
  readonly args: unknown;
  /** JSON pointers to names that no schema has: they change nothing. */
  readonly ignored: readonly string[];
}

/** Decimal and finite; what some languages read as numbers, such as `0x1F` or ` `, is none. */
const NUMBER = /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d{1,3})?$/i;

/** Reads arguments by their schema; what cannot be read stays as it is, for the validator to refuse. */
export function readArguments(schema: JsonSchema, given: unknown): ReadArguments {
  const ignored: string[] = [];
  return { args: read(schema, given, '', ignored), ignored };
}

function read(schema: JsonSchema, value: unknown, pointer: string, ignored: string[]): unknown {
  switch (typeOf(schema)) {
    case 'object':
      return readObject(schema, parsed(value, '{'), pointer, ignored);
    case 'array': {
      const list = parsed(value, '[');
      return Array.isArray(list)
        ? list.map((item, index) => read((schema.items ?? {}) as JsonSchema, item, `${pointer}/${index}`, ignored))
        : list;
    }
    case 'number':
    case 'integer':
      return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
    case 'boolean':
      return value === 'true' || value === 'false' ? value === 'true' : value;
    case 'string':
      // Not 1.50: it would be written as 1.5.
      return Number.isSafeInteger(value) ? String(value) : value;
    default:
      return value;
  }
}

/** The type beside null. */
function typeOf({ type }: JsonSchema): unknown {
  return Array.isArray(type) ? type.find((each) => each !== 'null') : type;
}

function readObject(schema: JsonSchema, value: unknown, pointer: string, ignored: string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = new Set((schema.required ?? []) as readonly string[]);
  const members = Object.entries(value).flatMap(([given, member]): [string, unknown][] => {
    const name = Object.hasOwn(properties, given) ? given : (nameTitled(given, properties) ?? given);
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!own) ignored.push(`${pointer}/${given}`);
    if (!own || (member === null && !required.has(name))) return [];
    return [[name, read(own, member, `${pointer}/${name}`, ignored)]];
  });
  return Object.fromEntries(members);
}

function nameTitled(title: string, properties: Readonly<Record<string, JsonSchema>>): string | undefined {
  return Object.keys(properties).find((name) => properties[name]!.title === title);
}

/** The value that a text of JSON says, where the text is one of that kind. */
function parsed(value: unknown, start: '{' | '['): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(start)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

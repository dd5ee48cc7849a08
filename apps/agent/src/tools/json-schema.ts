/** The parts of a tool's input schema that are read here. */
import type { JsonSchema } from './tool-server.ts';

/** The schema of an object, with its properties even where it has none. */
export function jsonSchemaOf(schema: unknown): JsonSchema {
  return isRecord(schema)
    ? { ...schema, properties: isRecord(schema.properties) ? schema.properties : {} }
    : { type: 'object', properties: {} };
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Compilers of validators and serializers, each of which does its work at the first use: a start that compiled every route of every
 * protocol would take half as long again, and most pods answer a few routes only.
 */
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { type JsonSchema, splitWide } from '@iris/dataset';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { FastifyServerOptions } from 'fastify';

/** Tells whether a value is valid; `errors` are those of the last one that was not. */
interface Validate {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Gives the validator of a schema; nothing is coerced, removed or filled in. */
export type CompileSchema = (schema: object) => Validate;

/**
 * In a value of more parts than this only the first fault is looked for. Ajv cannot stop at the twentieth: listing those of 700,000
 * empty objects, which are 2 MB of JSON, takes it three seconds and a gigabyte.
 */
const MAX_PARTS_LISTED = 2000;

// Errors say of which part of the schema they are. The schemas are our own and app.test.ts validates them; compiling the meta-schemas for that takes 30 ms of every start.
const AJV_OPTIONS = {
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  meta: false,
  validateSchema: false,
  verbose: true,
};

/** Makes the compiler of validators: JSON Schema 2020-12, as OpenAPI 3.1 documents it; telling all faults of all but large values. */
export function createSchemaCompiler(): CompileSchema {
  const first = new Ajv2020(AJV_OPTIONS);
  const all = new Ajv2020({ ...AJV_OPTIONS, allErrors: true });
  return function compile(schema) {
    const findFirst = compileLater(first, schema);
    const findAll = compileLater(all, schema);
    const validate: Validate = (value) => {
      if (findFirst()(value)) return true;
      const find = hasAtMost(MAX_PARTS_LISTED, value) ? findAll() : findFirst();
      find(value);
      validate.errors = find.errors ?? [];
      return false;
    };
    return validate;
  };
}

function compileLater(ajv: Ajv2020, schema: object): () => Validate {
  let compiled: Validate | undefined;
  return () => {
    compiled ??= ajv.compile(splitWide(schema as JsonSchema));
    return compiled;
  };
}

/** Whether a JSON value, with all that is in it, has at most so many parts; looks at no more of them. */
function hasAtMost(limit: number, value: unknown): boolean {
  const parts: unknown[] = [value];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (typeof part !== 'object' || part === null) continue;
    // The keys of a long array alone would take longer than what is to be avoided.
    if (Array.isArray(part) && part.length > limit) return false;
    for (const key in part) {
      if (parts.push((part as Record<string, unknown>)[key]) > limit) return false;
    }
  }
  return true;
}

type SchemaController = NonNullable<FastifyServerOptions['schemaController']>;
type BuildValidator = NonNullable<NonNullable<SchemaController['compilersFactory']>['buildValidator']>;

/** Fastify's option that makes it use a compiler of validators, and its own of serializers lazily. */
export function lazyCompilers(compile: CompileSchema): SchemaController {
  const buildSerializer = SerializerSelector();
  return {
    compilersFactory: {
      // Of an Ajv validator, as its type asks for, Fastify uses the result and the errors.
      buildValidator: (() => (route: { readonly schema: object }) => compile(route.schema)) as unknown as BuildValidator,
      buildSerializer(externalSchemas, options) {
        const compileSerializer = buildSerializer(externalSchemas, options as Parameters<typeof buildSerializer>[1]);
        return function compileLater(route) {
          let serialize: ReturnType<typeof compileSerializer> | undefined;
          return function serializeAnswer(answer) {
            serialize ??= compileSerializer(route);
            return serialize(answer);
          };
        };
      },
    },
  };
}

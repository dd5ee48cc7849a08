/**
 * Compilers of validators and serializers, each of which does its work at the first use: a start that compiled every route of every
 * protocol would take half as long again, and most pods answer a few routes only.
 */
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { FastifyServerOptions } from 'fastify';

/** Tells whether a value is valid; `errors` are those of the last call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Gives the validator of a schema; nothing is coerced, removed or filled in. */
export type CompileSchema = (schema: object) => Validate;

/** Makes the compiler of validators: JSON Schema 2020-12, as OpenAPI 3.1 documents it; telling all faults. */
export function createSchemaCompiler(): CompileSchema {
  // The schemas are our own and a unit test validates them; compiling the meta-schemas for that takes 30 ms of every start.
  const options = {
    allErrors: true,
    strict: false,
    strictNumbers: true,
    validateFormats: false,
    meta: false,
    validateSchema: false,
  };
  const ajv = new Ajv2020(options);
  return function compile(schema) {
    let compiled: Validate | undefined;
    const validate: Validate = (value) => {
      compiled ??= ajv.compile(schema);
      const isValid = compiled(value);
      validate.errors = compiled.errors ?? null;
      return isValid;
    };
    return validate;
  };
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

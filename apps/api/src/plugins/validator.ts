/** The validator behind every route: JSON Schema 2020-12, as OpenAPI 3.1 documents it; strict, and telling all faults. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance, FastifySchema } from 'fastify';

/** Compiles a schema to a validation function; nothing is coerced, removed or filled in. */
export type CompileSchema = (schema: object) => ValidateFunction;

/** Installs the validator and returns its compiler, for what is validated outside a route's body: lines and rows. */
export function installValidator(app: FastifyInstance): CompileSchema {
  const ajv = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true, validateFormats: false });
  app.setValidatorCompiler<FastifySchema>(({ schema }) => ajv.compile(schema));
  return (schema) => ajv.compile(schema);
}

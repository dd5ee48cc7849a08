/** From a table in numbers to a schema: see `infer-schema.ts`. */
export { type InferenceOptions, inferSchema } from './infer-schema.ts';
export type { ColumnDecision, SchemaInference } from './types.ts';

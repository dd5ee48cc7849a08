/** A schema or null, written as OpenAPI 3.1 and its tools understand it. */
import { type TNull, type TSchema, type TUnion, Type } from 'typebox';

/** `schema | null`. */
export function Nullable<S extends TSchema>(schema: S): TUnion<[S, TNull]> {
  return Type.Union([schema, Type.Null()]);
}

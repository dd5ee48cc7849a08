/** Body and answer of `POST /invocations`. */
import { type TSchema, Type } from 'typebox';

/** A JSON request: exactly one of its first four members; `params` has no use for these models. */
export interface InvocationRequest {
  readonly dataframe_split?: { readonly columns: readonly string[]; readonly data: readonly (readonly unknown[])[] };
  readonly dataframe_records?: readonly unknown[];
  readonly instances?: readonly unknown[];
  readonly inputs?: readonly unknown[] | Readonly<Record<string, readonly unknown[]>>;
  readonly params?: object | null;
}

const rows = { type: 'array' };

/** Schema of a JSON request; the rows are validated one by one, so that a fault can tell its row. */
const InvocationBody = Type.Unsafe<InvocationRequest>({
  type: 'object',
  properties: {
    dataframe_split: {
      type: 'object',
      properties: {
        columns: { type: 'array', items: { type: 'string' } },
        index: { type: 'array' },
        data: { type: 'array', items: { type: 'array' } },
      },
      required: ['columns', 'data'],
      additionalProperties: false,
    },
    dataframe_records: { type: 'array', items: { type: 'object' } },
    instances: rows,
    inputs: { type: ['array', 'object'], additionalProperties: { type: 'array' } },
    params: { type: ['object', 'null'] },
  },
  additionalProperties: false,
});

/** Schema of an answer. */
export const InvocationAnswer = Type.Object({ predictions: Type.Array(Type.String()) });

/** Schema of the body for the documentation and for Fastify, which chooses by content type. */
export const INVOCATION_CONTENT: Readonly<Record<string, { readonly schema: TSchema | object }>> = {
  'application/json': { schema: InvocationBody },
  'text/csv': { schema: {} },
};

/** Bodies and answers of the Open Inference Protocol's REST binding. */
import { Type } from 'typebox';
import { MAX_REQUEST_ID_CHARS } from '../predict/schema.ts';
import type { TensorMetadata } from './metadata.ts';

/** An input tensor as it is sent: with `data`, or with a size of binary data that follows the JSON. */
export interface InferInput {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly parameters?: { readonly binary_data_size?: number } | null;
  readonly data?: readonly unknown[] | null;
}

/** An output that the caller wants. */
interface RequestedOutput {
  readonly name: string;
  readonly parameters?: (Readonly<Record<string, unknown>> & { readonly binary_data?: boolean }) | null;
}

/** Clients that send every member write `null` for those they leave out. */
export interface InferRequest {
  readonly id?: string | null;
  readonly parameters?: { readonly binary_data_output?: boolean } | null;
  readonly inputs: readonly InferInput[];
  readonly outputs?: readonly RequestedOutput[] | null;
}

/** Wide tables are refused by the schema's own inputs; this bounds what is looked at before. */
const MAX_TENSORS = 10_000;

const ID =
  'Given back. The log keeps it as `request_id`: of several samples each with its number behind it, from `id-0` on, which `POST /feedback` takes.';

const metadataProperties = {
  name: { type: 'string' },
  datatype: { type: 'string' },
  shape: { type: 'array', items: { type: 'integer' } },
} as const;

function parameters(properties: object) {
  return { type: ['object', 'null'], properties };
}

const inferInput = {
  type: 'object',
  properties: {
    ...metadataProperties,
    parameters: parameters({ binary_data_size: { type: 'integer', minimum: 0 } }),
    data: { type: ['array', 'null'], description: 'Flat, or nested as the shape.' },
  },
  required: ['name', 'datatype', 'shape'],
};

const requestedOutput = {
  type: 'object',
  properties: { name: { type: 'string' }, parameters: parameters({ binary_data: { type: 'boolean' } }) },
  required: ['name'],
};

/** Schema of a request; members that are not known are passed over, as the protocol's extensions need. */
export const InferRequestSchema = Type.Unsafe<InferRequest>({
  type: 'object',
  properties: {
    id: { type: ['string', 'null'], maxLength: MAX_REQUEST_ID_CHARS, description: ID },
    parameters: parameters({ binary_data_output: { type: 'boolean' } }),
    inputs: { type: 'array', items: inferInput, minItems: 1, maxItems: MAX_TENSORS },
    outputs: { type: ['array', 'null'], items: requestedOutput, maxItems: MAX_TENSORS },
  },
  required: ['inputs'],
});

/** Schema of an answer; sent as bytes, so that only the documentation reads it. */
export const InferAnswerSchema = Type.Unsafe<string | Buffer>({
  type: 'object',
  properties: {
    model_name: { type: 'string' },
    model_version: { type: 'string' },
    id: { type: 'string' },
    outputs: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ...metadataProperties,
          parameters: { type: 'object', properties: { binary_data_size: { type: 'integer' } } },
          data: { type: 'array', items: { type: ['string', 'number'] } },
        },
        required: ['name', 'datatype', 'shape'],
      },
    },
  },
  required: ['model_name', 'model_version', 'outputs'],
});

/** Path parameters of a model's routes. */
/** Parameters of a path with or without a version; OpenAPI allows only those that the path has. */
export function modelParams(path: string) {
  const names = path.includes(':version') ? ['model', 'version'] : ['model'];
  return Type.Unsafe<{ readonly model: string; readonly version?: string }>({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  });
}

const Tensors = Type.Unsafe<readonly TensorMetadata[]>({
  type: 'array',
  items: { type: 'object', properties: metadataProperties },
});

export const LiveAnswer = Type.Object({ live: Type.Boolean() });
export const ReadyAnswer = Type.Object({ ready: Type.Boolean() });
export const ServerMetadata = Type.Object({
  name: Type.String(),
  version: Type.String(),
  extensions: Type.Array(Type.String()),
});
export const ModelMetadata = Type.Object({
  name: Type.String(),
  versions: Type.Array(Type.String()),
  platform: Type.String(),
  inputs: Tensors,
  outputs: Tensors,
});
export const ModelReadyAnswer = Type.Object({ name: Type.String(), ready: Type.Boolean() });
export const RepositoryIndex = Type.Array(
  Type.Object({ name: Type.String(), version: Type.String(), state: Type.String(), reason: Type.String() }),
);

/** Output tensors: which ones the caller wants, and how each travels, as JSON or as binary data. */
import type { DatasetSchema } from '@iris/dataset';
import { ApiError } from '../../errors.ts';
import type { Answer } from '../predict/predictor.ts';
import { LABEL_OUTPUT, outputMetadata, type TensorMetadata } from './metadata.ts';
import type { InferRequest } from './schema.ts';
import { encodeElements } from './tensor-codec.ts';

/** A chosen output. */
export interface ChosenOutput {
  readonly metadata: TensorMetadata;
  readonly isBinary: boolean;
}

/** A body, and how many bytes of JSON it begins with when binary data follows. */
export interface EncodedAnswer {
  readonly body: Buffer;
  readonly jsonLength: number | undefined;
}

/** Parameters that ask for something else than the output as it is; an answer without it would be a wrong one. */
const UNSUPPORTED_PARAMETERS = ['classification', 'shared_memory_region'];

/**
 * Chooses outputs: those asked for, in that order; all when none is.
 *
 * @throws ApiError `VALIDATION_FAILED` for an unknown or repeated name, or a parameter that is not supported.
 */
export function chooseOutputs(schema: DatasetSchema, { outputs, parameters }: InferRequest): readonly ChosenOutput[] {
  const available = outputMetadata(schema);
  const isBinary = parameters?.binary_data_output ?? false;
  if (!outputs || outputs.length === 0) return available.map((metadata) => ({ metadata, isBinary }));
  if (new Set(outputs.map(({ name }) => name)).size < outputs.length) throw invalid('an output is asked for twice');
  return outputs.map((output) => {
    const metadata = available.find(({ name }) => name === output.name);
    if (!metadata) throw invalid(`unknown output; the model gives ${available.map(({ name }) => `"${name}"`).join(', ')}`);
    const unsupported = UNSUPPORTED_PARAMETERS.find((name) => output.parameters && name in output.parameters);
    if (unsupported) throw invalid(`output parameter ${unsupported} is not supported`);
    return { metadata, isBinary: output.parameters?.binary_data ?? isBinary };
  });
}

/**
 * Encodes the answer to a request.
 *
 * @param answers one for each sample, all of one model version.
 */
export function encodeAnswer(
  schema: DatasetSchema,
  chosen: readonly ChosenOutput[],
  answers: readonly Answer[],
  id: string | null | undefined,
): EncodedAnswer {
  const binary: Buffer[] = [];
  const outputs = chosen.map(({ metadata, isBinary }) => {
    const { name, datatype, shape } = metadata;
    const head = { name, datatype, shape: [answers.length, ...shape.slice(1)] };
    const data = elementsOf(schema, name, answers);
    if (!isBinary) return { ...head, data };
    const bytes = encodeElements(datatype, data);
    binary.push(bytes);
    return { ...head, parameters: { binary_data_size: bytes.length } };
  });
  const document = { model_name: schema.name, model_version: answers[0]!.version, ...(id != null && { id }), outputs };
  const json = Buffer.from(JSON.stringify(document));
  return { body: Buffer.concat([json, ...binary]), jsonLength: binary.length > 0 ? json.length : undefined };
}

function elementsOf({ classes }: DatasetSchema, name: string, answers: readonly Answer[]): readonly (number | string)[] {
  if (name === LABEL_OUTPUT) return answers.map(({ prediction }) => prediction);
  return answers.flatMap(({ probabilities }) => classes.map((label) => probabilities[label] ?? 0));
}

function invalid(detail: string): ApiError {
  return new ApiError('VALIDATION_FAILED', detail);
}

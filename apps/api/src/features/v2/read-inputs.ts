/** Reads input tensors: names, datatypes, shapes and data are checked before any element reaches the model. */
import { normalized } from '@iris/dataset/table';
import { ApiError } from '../../errors.ts';
import { MAX_BATCH } from '../predict/schema.ts';
import type { TensorMetadata } from './metadata.ts';
import type { InferInput } from './schema.ts';
import { type Datatype, decodeElements, fromFloat32 } from './tensor-codec.ts';

/** Elements of an input, row-major: `rows × width` finite numbers or strings. */
export interface InputTensor {
  readonly rows: number;
  readonly width: number;
  readonly elements: readonly (number | string)[];
}

/**
 * Reads the inputs of a request.
 *
 * @param binary the bytes that follow the JSON: the binary data of those inputs that have any, in order.
 * @returns one tensor for each input of the model, in the model's order, all of the same number of rows.
 * @throws ApiError `VALIDATION_FAILED` naming the first input at fault.
 */
export function readInputs(metadata: readonly TensorMetadata[], inputs: readonly InferInput[], binary: Buffer): InputTensor[] {
  const byName = new Map(metadata.map((expected) => [normalized(expected.name), expected]));
  const tensors = new Map<TensorMetadata, InputTensor>();
  let at = 0;
  for (const input of inputs) {
    const expected = byName.get(normalized(input.name));
    if (!expected) throw invalid(`an input has an unknown name; the model takes ${quotedNames(metadata)}`);
    if (tensors.has(expected)) throw invalid(`input "${expected.name}" is given twice`);
    const size = input.parameters?.binary_data_size ?? 0;
    tensors.set(expected, readNamed(expected, input, binary.subarray(at, at + size)));
    at += size;
  }
  const missing = metadata.filter((expected) => !tensors.has(expected));
  if (missing.length > 0) throw invalid(`missing input: ${quotedNames(missing)}`);
  if (at !== binary.length) throw invalid(`${binary.length - at} bytes of binary data belong to no input`);
  return inModelOrder(metadata, tensors);
}

function inModelOrder(metadata: readonly TensorMetadata[], tensors: ReadonlyMap<TensorMetadata, InputTensor>): InputTensor[] {
  const ordered = metadata.map((expected) => tensors.get(expected)!);
  if (ordered.some(({ rows }) => rows !== ordered[0]!.rows)) throw invalid('the inputs differ in their number of rows');
  return ordered;
}

function readNamed(expected: TensorMetadata, input: InferInput, bytes: Buffer): InputTensor {
  try {
    return readTensor(expected, input, bytes);
  } catch (error) {
    if (error instanceof ApiError) throw invalid(`input "${expected.name}": ${error.message}`);
    throw error;
  }
}

function readTensor(expected: TensorMetadata, { datatype, shape, data, parameters }: InferInput, bytes: Buffer): InputTensor {
  checkDatatype(expected, datatype);
  const [rows, width] = checkShape(expected, shape);
  const isBinary = parameters?.binary_data_size !== undefined;
  if (isBinary === Array.isArray(data)) throw invalid('must have either data or binary_data_size');
  const elements = isBinary ? decodeElements(datatype, bytes, rows * width) : flatten(data ?? [], rows, width);
  return { rows, width, elements: checkElements(elements, datatype) };
}

function checkDatatype(expected: TensorMetadata, datatype: string): asserts datatype is Datatype {
  const isTaken = datatype === expected.datatype || (datatype === 'FP32' && expected.datatype === 'FP64');
  if (!isTaken) throw invalid(`datatype must be ${expected.datatype === 'FP64' ? 'FP64 or FP32' : expected.datatype}`);
}

function checkShape({ shape: [, width] }: TensorMetadata, shape: readonly number[]): readonly [rows: number, width: number] {
  const [rows = 0, given] = shape;
  if (shape.length !== 2 || width === undefined || given !== width || rows < 1 || rows > MAX_BATCH) {
    throw invalid(`shape must be [n, ${width}] with n from 1 to ${MAX_BATCH}`);
  }
  return [rows, width];
}

// Only as deep as the shape, whatever the nesting of the data.
function flatten(data: readonly unknown[], rows: number, width: number): readonly unknown[] {
  const isNested = data.length === rows && data.every((row) => Array.isArray(row) && row.length === width);
  const elements = isNested ? data.flat() : data;
  if (elements.length !== rows * width) throw invalid(`data must have the ${rows * width} elements of the shape`);
  return elements;
}

function checkElements(elements: readonly unknown[], datatype: Datatype): readonly (number | string)[] {
  if (datatype === 'BYTES') {
    if (!elements.every((value) => typeof value === 'string')) throw invalid('data must hold strings only');
    return elements;
  }
  const numbers =
    datatype === 'FP32' ? elements.map((value) => (typeof value === 'number' ? fromFloat32(value) : value)) : elements;
  if (!numbers.every((value): value is number => Number.isFinite(value))) throw invalid('data must hold finite numbers only');
  return numbers;
}

function quotedNames(tensors: readonly TensorMetadata[]): string {
  return tensors.map(({ name }) => `"${name}"`).join(', ');
}

function invalid(detail: string): ApiError {
  return new ApiError('VALIDATION_FAILED', detail);
}

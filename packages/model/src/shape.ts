/** What the parameters of every kind begin with: the kind and the sizes. */
import { ModelError } from './errors.ts';
import { MAX_ARRAY_LENGTH, MAX_CLASS_COUNT, MAX_INPUT_SIZE } from './limits.ts';
import type { ModelShape } from './model.ts';
import type { ParameterReader } from './parameter-reader.ts';

/**
 * Reads the sizes that all kinds have.
 *
 * @throws ModelError when one is out of bounds.
 */
export function parseShape(reader: ParameterReader): ModelShape {
  const inputSize = reader.integer('inputSize', { min: 1, max: MAX_INPUT_SIZE });
  // The sizes alone must not make anyone allocate more than an array may hold.
  const max = Math.min(MAX_CLASS_COUNT, Math.floor(MAX_ARRAY_LENGTH / inputSize));
  return { inputSize, classCount: reader.integer('classCount', { min: 2, max }) };
}

/** Parameters of another kind than was asked for. */
export function kindError(kind: unknown, expected: string): ModelError {
  // Only a text is repeated, and not at any length: the value is untrusted.
  const actual = typeof kind === 'string' ? kind.slice(0, 40) : typeof kind;
  return new ModelError('MODEL_KIND_UNKNOWN', `kind must be one of ${expected}, is ${actual}`, { actual });
}

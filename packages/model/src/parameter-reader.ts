/** Reads members of an untrusted JSON value into checked numbers and typed arrays. */
import { ModelError, type ModelErrorCode } from './errors.ts';
import { MAX_ARRAY_LENGTH, MAX_MAGNITUDE } from './limits.ts';
import { base64Length, decodeBase64 } from './trees/base64.ts';

/** Inclusive bounds of a number. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What any real parameter may be. */
export const ANY_NUMBER: Bounds = { min: -MAX_MAGNITUDE, max: MAX_MAGNITUDE };

/** Typed access to one JSON object; each method throws `ModelError` naming the member. */
export interface ParameterReader {
  /** The member as it stands, `undefined` when absent; inherited members do not count. */
  raw(field: string): unknown;
  /** A finite number within bounds. */
  number(field: string, bounds: Bounds): number;
  /** A whole number within bounds. */
  integer(field: string, bounds: Bounds): number;
  /** An array of exactly `length` finite numbers within bounds. */
  numbers(field: string, length: number, bounds: Bounds): Float64Array;
  /** An array of exactly `length` whole numbers within bounds (which must fit 32 bits). */
  integers(field: string, length: number, bounds: Bounds): Int32Array;
  /** An array of exactly `length` values, each as `check` gives it. */
  values<T>(field: string, length: number, check: (value: unknown, field: string, index: number) => T): readonly T[];
  /** Length of an array that fixes a size itself. */
  arrayLength(field: string, bounds: Bounds): number;
  /** A text that is the base64 of exactly `length` bytes. */
  bytes(field: string, length: number): Uint8Array;
  /** A reader of a nested object. */
  nested(field: string): ParameterReader;
}

/**
 * Wraps an untrusted value.
 *
 * @param path name of the value in error messages, empty for the parameters themselves.
 * @throws ModelError `MODEL_NOT_AN_OBJECT` when the value is no plain object.
 */
export function createParameterReader(value: unknown, path = ''): ParameterReader {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault('MODEL_NOT_AN_OBJECT', path || 'parameters', 'must be an object', value);
  }
  const members = value as Readonly<Record<string, unknown>>;
  const raw = (field: string) => (Object.hasOwn(members, field) ? members[field] : undefined);
  const name = (field: string) => (path ? `${path}.${field}` : field);
  return {
    raw,
    number: (field, bounds) => checkNumber(raw(field), bounds, name(field)),
    integer: (field, bounds) => checkInteger(raw(field), bounds, name(field)),
    numbers: (field, length, bounds) =>
      fill(
        new Float64Array(length),
        checkArray(raw(field), { min: length, max: length }, name(field)),
        bounds,
        name(field),
        checkNumber,
      ),
    integers: (field, length, bounds) =>
      fill(
        new Int32Array(length),
        checkArray(raw(field), { min: length, max: length }, name(field)),
        bounds,
        name(field),
        checkInteger,
      ),
    values: (field, length, check) =>
      checkArray(raw(field), { min: length, max: length }, name(field)).map((value, index) => check(value, name(field), index)),
    arrayLength: (field, bounds) => checkArray(raw(field), bounds, name(field)).length,
    bytes: (field, length) => checkBytes(raw(field), length, name(field)),
    nested: (field) => createParameterReader(raw(field), name(field)),
  };
}

type NumberCheck = (value: unknown, bounds: Bounds, field: string, index?: number) => number;

function fill<T extends Float64Array | Int32Array>(
  out: T,
  values: readonly unknown[],
  bounds: Bounds,
  field: string,
  check: NumberCheck,
): T {
  for (let index = 0; index < out.length; index++) out[index] = check(values[index], bounds, field, index);
  return out;
}

/** The value, where it is a number within bounds. @throws ModelError `MODEL_NUMBER` naming the member. */
export function checkNumber(value: unknown, { min, max }: Bounds, field: string, index?: number): number {
  // Written so that NaN fails: every comparison with it is false.
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw fault('MODEL_NUMBER', field, `must be a number from ${min} to ${max}`, value, index);
}

function checkInteger(value: unknown, { min, max }: Bounds, field: string, index?: number): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw fault('MODEL_NUMBER', field, `must be a whole number from ${min} to ${max}`, value, index);
}

function checkArray(value: unknown, { min, max }: Bounds, field: string): readonly unknown[] {
  if (Array.isArray(value) && value.length >= min && value.length <= Math.min(max, MAX_ARRAY_LENGTH)) return value;
  const expected = min === max ? `${min}` : `${min} to ${max}`;
  const actual = Array.isArray(value) ? `${value.length} of them` : describe(value);
  throw new ModelError('MODEL_ARRAY_LENGTH', `${field} must be an array of ${expected} values, is ${actual}`, {
    field,
    expected,
    actual,
  });
}

function checkBytes(value: unknown, length: number, field: string): Uint8Array {
  const bytes = typeof value === 'string' ? decodeBase64(value, length) : undefined;
  if (bytes) return bytes;
  const actual = typeof value === 'string' ? `a text of ${value.length} letters` : describe(value);
  const message = `${field} must be the base64 of ${length} bytes, ${base64Length(length)} letters, is ${actual}`;
  throw new ModelError('MODEL_BYTES', message, { field, length, actual });
}

function fault(code: ModelErrorCode, field: string, rule: string, value: unknown, index?: number): ModelError {
  const place = index === undefined ? field : `${field}[${index}]`;
  const actual = describe(value);
  return new ModelError(code, `${place} ${rule}, is ${actual}`, { field, ...(index === undefined ? {} : { index }), actual });
}

// A hostile value never travels into a message whole: only its type, or a number, or the start of a text.
function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}

/** Whole and floating-point numbers as base64: little-endian, as few bytes each as their greatest possible value needs. */
import { ModelError } from '../errors.ts';
import type { ParameterReader } from '../parameter-reader.ts';
import { encodeBase64 } from './base64.ts';

const FLOAT_BYTES = 4;

/** Numbers as they come out of bytes. */
export type StoredIntegers = Uint8Array | Uint16Array | Uint32Array;

/**
 * Reads `count` whole numbers, each between 0 and the greatest that its bytes hold: the caller checks them.
 *
 * @param max the greatest that may occur; up to 255 a number has one byte, up to 65,535 two, else four.
 * @throws ModelError `MODEL_BYTES` when the text has another length.
 */
export function readIntegers(reader: ParameterReader, field: string, count: number, max: number): StoredIntegers {
  const width = widthFor(max);
  const bytes = reader.bytes(field, count * width);
  if (width === 1) return bytes;
  const values = width === 2 ? new Uint16Array(count) : new Uint32Array(count);
  for (let index = 0, at = 0; index < count; index++, at += width) {
    let value = bytes[at]! | (bytes[at + 1]! << 8);
    if (width === 4) value |= (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    values[index] = value;
  }
  return values;
}

/** Writes whole numbers from 0 to `max` as `readIntegers` takes them. */
export function writeIntegers(values: ArrayLike<number>, max: number): string {
  const width = widthFor(max);
  const bytes = new Uint8Array(values.length * width);
  for (let index = 0, at = 0; index < values.length; index++) {
    for (let shift = 0; shift < width * 8; shift += 8) bytes[at++] = values[index]! >>> shift;
  }
  return encodeBase64(bytes);
}

/**
 * Reads `count` finite numbers of single precision.
 *
 * @throws ModelError `MODEL_BYTES` when the text has another length, `MODEL_NUMBER` for a number that is not finite.
 */
export function readFloats(reader: ParameterReader, field: string, count: number): Float32Array {
  const bytes = reader.bytes(field, count * FLOAT_BYTES);
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    const value = view.getFloat32(index * FLOAT_BYTES, true);
    if (!Number.isFinite(value)) {
      const details = { field, index, actual: String(value) };
      throw new ModelError('MODEL_NUMBER', `${field}[${index}] must be a finite number, is ${value}`, details);
    }
    values[index] = value;
  }
  return values;
}

/** Writes numbers as `readFloats` takes them, rounded to single precision. */
export function writeFloats(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(values.length * FLOAT_BYTES));
  for (let index = 0; index < values.length; index++) view.setFloat32(index * FLOAT_BYTES, values[index]!, true);
  return encodeBase64(new Uint8Array(view.buffer));
}

function widthFor(max: number): 1 | 2 | 4 {
  if (max <= 0xff) return 1;
  return max <= 0xffff ? 2 : 4;
}

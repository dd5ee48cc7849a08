/** Tensor elements as bytes: the protocol's binary data extension. Little-endian, row-major, without padding. */
import { ApiError } from '../../errors.ts';

/** Datatypes that are read; FP16 and integers are not, because no feature is declared as one. */
export type Datatype = 'FP32' | 'FP64' | 'BYTES';

/** Bytes of an element's length prefix, datatype BYTES. */
const LENGTH_BYTES = 4;
/** A byte order mark stays: it is part of the string that was sent. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ELEMENT_BYTES = { FP32: 4, FP64: 8 } as const;
/** So many significant digits always tell a float32 from its neighbours. */
const FLOAT32_DIGITS = 9;

/**
 * Reads elements.
 *
 * @param count number of elements the shape asks for.
 * @returns `count` numbers, NaN and infinities included, or strings.
 * @throws ApiError `VALIDATION_FAILED` when the bytes are not exactly that many elements, or not UTF-8.
 */
export function decodeElements(datatype: Datatype, bytes: Buffer, count: number): readonly (number | string)[] {
  if (datatype === 'BYTES') return decodeStrings(bytes, count);
  const size = ELEMENT_BYTES[datatype];
  if (bytes.length !== count * size) throw sizeMismatch(bytes.length, count);
  const read = datatype === 'FP64' ? (at: number) => bytes.readDoubleLE(at) : (at: number) => bytes.readFloatLE(at);
  return Array.from({ length: count }, (_, index) => read(index * size));
}

/** Writes elements; the inverse of `decodeElements`. */
export function encodeElements(datatype: Datatype, elements: readonly (number | string)[]): Buffer {
  if (datatype === 'BYTES') return Buffer.concat(elements.flatMap((text) => encodeString(text as string)));
  const size = ELEMENT_BYTES[datatype];
  const bytes = Buffer.allocUnsafe(elements.length * size);
  elements.forEach((value, index) => {
    if (datatype === 'FP64') bytes.writeDoubleLE(value as number, index * size);
    else bytes.writeFloatLE(value as number, index * size);
  });
  return bytes;
}

/**
 * The shortest decimal that rounds to the float32 nearest to `value`: 5.1 for what would widen to 5.099999904632568.
 *
 * It is what the caller wrote, so that FP32 and JSON are predicted and logged alike, and a bound such as 0.1 holds.
 *
 * @returns infinity beyond float32's range.
 */
export function fromFloat32(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return Number(float.toPrecision(FLOAT32_DIGITS));
}

function decodeStrings(bytes: Buffer, count: number): string[] {
  const strings: string[] = [];
  let at = 0;
  while (strings.length < count && at + LENGTH_BYTES <= bytes.length) {
    const end = at + LENGTH_BYTES + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    strings.push(decodeUtf8(bytes.subarray(at + LENGTH_BYTES, end)));
    at = end;
  }
  if (strings.length !== count || at !== bytes.length) throw sizeMismatch(bytes.length, count);
  return strings;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new ApiError('VALIDATION_FAILED', 'a BYTES element is not UTF-8');
  }
}

function encodeString(text: string): [Buffer, Buffer] {
  const bytes = Buffer.from(text);
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

function sizeMismatch(given: number, count: number): ApiError {
  return new ApiError('VALIDATION_FAILED', `the shape asks for ${count} elements, which ${given} bytes of binary data are not`);
}

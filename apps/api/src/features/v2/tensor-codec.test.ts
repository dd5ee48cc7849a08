import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeElements, encodeElements, fromFloat32 } from './tensor-codec.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => value.isWellFormed());

describe('decodeElements', () => {
  it('gives back what encodeElements wrote: any double, any float32, any text', () => {
    for (const [datatype, element] of [
      ['FP64', fc.double()],
      ['FP32', fc.float()],
      ['BYTES', text],
    ] as const) {
      fc.assert(
        fc.property(fc.array<number | string>(element), (values) => {
          expect(decodeElements(datatype, encodeElements(datatype, values), values.length)).toEqual(values);
        }),
      );
    }
  });

  it('reads the bytes of the specification: little-endian, four bytes of length before each string', () => {
    expect(decodeElements('FP32', Buffer.from('0000a0400000c03f', 'hex'), 2)).toEqual([5, 1.5]);
    expect(decodeElements('FP64', Buffer.from('000000000000f03f', 'hex'), 1)).toEqual([1]);
    expect(decodeElements('BYTES', Buffer.from('\x02\0\0\0EU\0\0\0\0\x02\0\0\0NA', 'latin1'), 3)).toEqual(['EU', '', 'NA']);
  });

  it('keeps a byte order mark, which makes another string', () => {
    expect(decodeElements('BYTES', encodeElements('BYTES', ['\uFEFFEU']), 1)).toEqual(['\uFEFFEU']);
  });

  it.each([
    ['FP32', '00000000', 2],
    ['FP64', '00000000', 1],
    ['FP64', '00', 0],
    ['BYTES', '0200000045', 1],
    ['BYTES', '020000004555', 2],
    ['BYTES', '020000004555', 0],
    ['BYTES', '0200', 1],
    ['BYTES', 'ffffffff4555', 1],
  ] as const)('refuses %s bytes %s for %i elements', (datatype, hex, count) => {
    expect(() => decodeElements(datatype, Buffer.from(hex, 'hex'), count)).toThrow(`the shape asks for ${count} elements`);
  });

  it('refuses, and never crashes on, arbitrary bytes that are not the elements asked for', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(20), (bytes, count) => {
        try {
          expect(encodeElements('BYTES', decodeElements('BYTES', Buffer.from(bytes), count))).toEqual(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      }),
    );
  });

  it('refuses text that is not UTF-8', () => {
    expect(() => decodeElements('BYTES', Buffer.from('01000000ff', 'hex'), 1)).toThrow('not UTF-8');
  });
});

describe('fromFloat32', () => {
  it.each([5.1, 0.1, 7.9, 1440, 16_777_216, 0, 1e-40, 123.456])('gives %d back', (value) => {
    expect(fromFloat32(Math.fround(value))).toBe(value);
  });

  it('never leaves the float32 it was given', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        // Zero loses its sign, which no model can tell.
        expect(Math.fround(fromFloat32(value)) + 0).toBe(value + 0);
      }),
    );
  });

  it('is infinite beyond the range of float32', () => {
    expect(fromFloat32(1e39)).toBe(Number.POSITIVE_INFINITY);
  });
});

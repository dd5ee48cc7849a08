import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextSource, decodeText } from './text-decoder.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

/** What the bytes are when they come a few at a time. */
function decode(file: Uint8Array, size: number, declared?: string) {
  const source = createTextSource(declared);
  let text = '';
  for (let at = 0; at < file.length; at += size) text += source.decode(file.subarray(at, at + size));
  text += source.end();
  return { text, encoding: source.encoding, marked: source.marked };
}

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (file: Uint8Array) => new Uint8Array(Buffer.from(file).swap16());

describe.each([1, 2, 3, 5, 1000])('decoding a file in chunks of %s bytes', (size) => {
  it.each([
    ['utf-8', false, new TextEncoder().encode('a;été 🌱')],
    ['utf-8', true, new TextEncoder().encode('\u{feff}a;été 🌱')],
    ['utf-16le', true, utf16('\u{feff}a;été 🌱')],
    ['utf-16be', true, swapped(utf16('\u{feff}a;été 🌱'))],
    ['utf-16le', false, utf16('a;été 🌱')],
    ['utf-16be', false, swapped(utf16('a;été 🌱'))],
  ])('%s, marked: %s', (encoding, marked, file) => {
    expect(decode(file, size)).toEqual({ text: 'a;été 🌱', encoding, marked });
  });

  it('takes what is not UTF-8 for Windows-1252', () => {
    const file = bytes(0x61, 0x3b, 0xe9, 0x74, 0xe9, 0x20, 0x80);
    expect(decode(file, size)).toEqual({ text: 'a;été €', encoding: 'windows-1252', marked: false });
    expect(decode(bytes(0x61, 0x62, 0x63, 0x64, 0xe9), size)).toMatchObject({ text: 'abcdé', encoding: 'windows-1252' });
  });

  it('marks what breaks off a UTF-8 file', () => {
    expect(decode(bytes(0x61, 0xc3, 0xa9, 0x62, 0xe9, 0x63), size)).toMatchObject({ text: 'aéb\u{fffd}c', encoding: 'utf-8' });
  });

  it('believes a declared encoding, unless a byte order mark says otherwise', () => {
    expect(decode(bytes(0x61, 0x62, 0x63, 0xa4), size, 'iso-8859-15')).toMatchObject({ text: 'abc€', encoding: 'iso-8859-15' });
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9), size, 'iso-8859-1')).toMatchObject({ text: 'é', encoding: 'utf-8' });
    expect(decode(bytes(0x61, 0x62, 0x63, 0xe9), size, 'utf-8')).toMatchObject({ text: 'abcé', encoding: 'windows-1252' });
  });
});

it('the chunks of a file decide nothing', () => {
  const check = fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (file, size) => {
    expect(decode(file, size)).toEqual(decode(file, 1000));
  });
  fc.assert(check, { numRuns: 2000 });
});

it('an empty file is empty text, and an encoding that there is none of an error', () => {
  expect(decodeText(bytes())).toBe('');
  expect(() => createTextSource('klingon')).toThrow(RangeError);
});

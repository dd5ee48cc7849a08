import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Length, decodeBase64, encodeBase64 } from './base64.ts';

describe('base64', () => {
  it('is what Node writes, and reads back to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(text.length).toBe(base64Length(bytes.length));
        expect(decodeBase64(text, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('is written in pieces that one call can take', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index * 7);
    expect(decodeBase64(encodeBase64(bytes), bytes.length)).toEqual(bytes);
  });

  it.each([
    ['of another length', 'AAAA', 4],
    ['without its padding', 'AA', 1],
    ['with padding inside', 'A=A=', 2],
    ['with a bit set that no byte has', 'AB==', 1],
    ['with two such bits', 'AAD=', 2],
    ['with a line break', 'AAA\n', 3],
    ['of the address alphabet', 'AA-_', 3],
    ['with a letter beyond ASCII', 'AAAÄ', 3],
    ['with a letter beyond ASCII at its end', 'Āg==', 1],
  ])('%s is refused', (_, text, length) => {
    expect(decodeBase64(text, length)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('decoding a file', () => {
  it.each([
    ['utf-8', false, new TextEncoder().encode('été')],
    ['utf-8', true, bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0x74, 0xc3, 0xa9)],
    ['utf-16le', true, bytes(0xff, 0xfe, 0xe9, 0, 0x74, 0, 0xe9, 0)],
    ['utf-16be', true, bytes(0xfe, 0xff, 0, 0xe9, 0, 0x74, 0, 0xe9)],
    ['windows-1252', false, bytes(0xe9, 0x74, 0xe9)],
  ])('%s, marked: %s', (encoding, marked, file) => {
    expect(decodeText(file)).toEqual({ text: 'été', encoding, marked });
  });

  it('an empty file is empty text', () => {
    expect(decodeText(bytes()).text).toBe('');
  });
});

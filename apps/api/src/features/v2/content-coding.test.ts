import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptedCoding, decodeBody, encodeBody } from './content-coding.ts';

const text = Buffer.from('{"inputs":[]}'.repeat(100));

describe('decodeBody', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['identity', text],
    [undefined, text],
  ])('decodes %s', (coding, body) => {
    expect(decodeBody(body, coding, 10_000)).toEqual(text);
  });

  it('stops at the bound: a bomb of 16 MiB is 413, not memory', () => {
    const bomb = gzipSync(Buffer.alloc(16_777_216));
    expect(() => decodeBody(bomb, 'gzip', 1_000_000)).toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }));
  });

  it.each([
    ['gzip', text],
    ['gzip', gzipSync(text).subarray(0, -9)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', gzipSync(text)],
  ])('refuses damaged %s', (coding, body) => {
    expect(() => decodeBody(body, coding, 10_000)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });

  it.each(['br', 'gzip, deflate', 'constructor', ''])('refuses the coding %j', (coding) => {
    expect(() => decodeBody(text, coding, 10_000)).toThrow(expect.objectContaining({ code: 'MEDIA_TYPE_UNSUPPORTED' }));
  });
});

describe('encodeBody', () => {
  it('compresses as the client accepts', async () => {
    const gzipped = await encodeBody(text, 'gzip, deflate');
    const deflated = await encodeBody(text, 'deflate');
    expect([gzipped.coding, gunzipSync(gzipped.body)]).toEqual(['gzip', text]);
    expect([deflated.coding, inflateSync(deflated.body)]).toEqual(['deflate', text]);
  });

  it('leaves short answers and unasked ones as they are', async () => {
    expect(await encodeBody(Buffer.from('{}'), 'gzip')).toEqual({ body: Buffer.from('{}') });
    expect(await encodeBody(text, undefined)).toEqual({ body: text });
  });
});

describe('acceptedCoding', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['gzip;q=0.5, deflate;q=0.8', 'deflate'],
    ['gzip; q=0, deflate', 'deflate'],
    ['*', 'gzip'],
    ['*;q=0', undefined],
    ['br', undefined],
    ['identity', undefined],
    ['gzip;q=nonsense', undefined],
    ['', undefined],
  ])('of %j is %s', (header, coding) => {
    expect(acceptedCoding(header)).toBe(coding);
  });
});

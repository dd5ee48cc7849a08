import { describe, expect, it } from 'vitest';
import { driftPath, readSpan, SPANS, spanAddress } from './span.ts';

describe('the span of the drift page', () => {
  it('is read back from the address that it gives', () => {
    for (const span of SPANS) expect(readSpan(new URL(spanAddress(span), 'http://client').searchParams.get('last'))).toBe(span);
  });

  it('is a day where the address says nothing, or nothing that there is', () => {
    expect([null, undefined, '', '1y'].map(readSpan)).toEqual(['24h', '24h', '24h', '24h']);
    expect(spanAddress('24h')).toBe('/drift');
  });

  it('is asked for with pictures of the columns that alarm first', () => {
    expect(driftPath('7d')).toBe('/api/drift?last=7d&distributions=24');
  });
});

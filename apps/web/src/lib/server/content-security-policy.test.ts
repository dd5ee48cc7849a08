import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, newNonce } from './content-security-policy.ts';

describe('contentSecurityPolicy', () => {
  const directives = new Map(
    contentSecurityPolicy('N')
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources];
      }),
  );

  it('runs no script without the nonce of this page, and none by eval', () => {
    expect(directives.get('script-src')).toEqual(["'self'", "'nonce-N'", "'strict-dynamic'"]);
  });

  it('names no other host in any directive', () => {
    const sources = [...directives.values()].flat();
    expect(sources.filter((source) => !/^'|^(blob|data):$/.test(source))).toEqual([]);
  });

  it('takes style elements with the nonce only', () => {
    expect(directives.get('style-src-elem')).toEqual(["'self'", "'nonce-N'"]);
  });
});

describe('newNonce', () => {
  it('is 128 bits in base64, another one each time', () => {
    const nonces = Array.from({ length: 100 }, newNonce);
    expect(new Set(nonces).size).toBe(100);
    for (const nonce of nonces) expect(atob(nonce)).toHaveLength(16);
  });
});

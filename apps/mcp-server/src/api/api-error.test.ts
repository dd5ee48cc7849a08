import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADVICE, adviceOn } from './api-error.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const ERRORS = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
const codesOf = (text: string) => [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code!);

describe('what to do', () => {
  it('is said of each code of the API that a tool can meet, and of this server’s own, which the README lists', () => {
    const known = new Set([...codesOf(ERRORS), ...codesOf(README)]);
    expect(Object.keys(ADVICE).filter((code) => !known.has(code))).toEqual([]);
    expect(codesOf(README).filter((code) => !(code in ADVICE))).toEqual([]);
  });

  it('is to try again where nothing better is known', () => {
    expect(adviceOn('DRAINING')).toBe('Try again in a few seconds.');
  });
});

import { describe, expect, it } from 'vitest';
import { ERROR_STATUS } from '../apps/api/src/errors.ts';
import { readRepositoryFile } from './repository.ts';

const documented = [...readRepositoryFile('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| \S/gm)].map(
  ([, code, status]) => [code, Number(status)],
);

describe('docs/errors.md', () => {
  it('explains each code that the API can answer with, and no other, with its status', () => {
    expect(Object.fromEntries(documented)).toEqual(ERROR_STATUS);
  });
});

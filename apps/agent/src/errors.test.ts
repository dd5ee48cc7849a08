import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_STATUS } from './errors.ts';

describe('the README', () => {
  it('explains each code that the agent can answer with, and no other, with its status', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const documented = [...readme.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \| \S/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    expect(Object.fromEntries(documented)).toEqual(ERROR_STATUS);
  });
});

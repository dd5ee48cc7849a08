import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENT_FLAGS } from './build.ts';

describe('the flags that bound the client’s memory', () => {
  it('are the same in npm run client as in npm start', () => {
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(scripts.client.split(' ').filter((word: string) => /^--max/.test(word))).toEqual(CLIENT_FLAGS);
  });
});

import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS } from '../apps/api/src/config.ts';
import { readRepositoryFile } from './repository.ts';

const example = new Map(
  [...readRepositoryFile('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key, value]) => [key!, value!]),
);

describe('.env.example', () => {
  it('names each setting of the API, and no other', () => {
    expect([...example.keys()].sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it('shows the defaults', () => {
    const MODEL_FILE = example.get('MODEL_FILE')!;
    expect(readConfig(Object.fromEntries(example))).toEqual(readConfig({ MODEL_FILE }));
  });
});

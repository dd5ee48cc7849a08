import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW } from '../test-app.ts';
import { definitionsOf, IRIS } from '../test-tools.ts';
import type { Happening } from './conversation.ts';
import { readDomain } from './domain.ts';
import { decide } from './plan.ts';

/** A phrasing and what it must lead to; `after` is the tool that was called before. */
interface Phrasing {
  readonly text: string;
  readonly after?: 'predict' | 'list-predictions';
  readonly tool?: string;
  readonly kind?: string;
  readonly values?: readonly number[];
  readonly input?: object;
}

const lists: Record<string, Phrasing[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../test-data/development.json'), 'utf8'),
);
const domain = readDomain(definitionsOf(IRIS));
const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

const BEFORE: Readonly<Record<string, Happening[]>> = {
  predict: [
    { kind: 'said', text: '5.1 3.5 1.4 0.2' },
    {
      kind: 'called',
      call: { tool: 'predict', input: SAMPLE, isError: false, data: { prediction: 'setosa', request_id: 'req-1' } },
    },
  ],
  'list-predictions': [
    { kind: 'said', text: 'list predictions' },
    {
      kind: 'called',
      call: { tool: 'list-predictions', input: {}, isError: false, data: { predictions: [], next_cursor: 'c2' } },
    },
  ],
};

describe.each(Object.entries(lists))('phrasings in %s', (_language, phrasings) => {
  it.each(phrasings.map((phrasing) => [phrasing.text, phrasing.after, phrasing] as const))(
    '%j, after %s',
    async (text, after, phrasing) => {
      const decision = await decide(after ? BEFORE[after]! : [], text, { domain, now: NOW });
      expect(decision).toMatchObject(phrasing.tool ? { kind: 'call', tool: phrasing.tool } : { kind: phrasing.kind });
      if (decision.kind !== 'call') return;
      if (phrasing.values) expect(Object.values(decision.input)).toEqual(phrasing.values);
      if (phrasing.input) expect(decision.input).toEqual(phrasing.input);
    },
  );
});

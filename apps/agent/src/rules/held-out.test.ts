import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOW } from '../test-app.ts';
import { definitionsOf, IRIS } from '../test-tools.ts';
import type { Happening } from './conversation.ts';
import { readDomain } from './domain.ts';
import { type Decision, decide } from './plan.ts';

/** A phrasing by someone who had not seen the rules, after what happened before, and what it must lead to. */
interface Phrasing {
  readonly text: string;
  readonly history?: readonly Turn[];
  readonly expect: {
    readonly tool: string | null;
    readonly kind?: string;
    readonly arguments?: Readonly<Record<string, unknown>>;
  };
}

interface Turn {
  readonly user: string;
  readonly tool?: string | null;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly request_id?: string;
}

const FILES = ['held-out.json', 'held-out-2.json', 'held-out-3.json'];
const lists = FILES.flatMap((file) => Object.entries(readLists(file)).map(([language, list]) => ({ file, language, list })));
const domain = readDomain(definitionsOf(IRIS));
const BAR = 0.9;
const SPANS = new Set(['prediction-stats', 'compare-versions']);
const PREDICTS = new Set(['predict', 'predict-batch']);

function readLists(file: string): Record<string, Phrasing[]> {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../test-data', file), 'utf8'));
}

function happeningsOf({ user, tool, arguments: input = {}, request_id }: Turn): Happening[] {
  const said: Happening = { kind: 'said', text: user };
  if (!tool) return [said];
  const data = tool === 'predict' ? { prediction: 'setosa', request_id } : {};
  return [said, { kind: 'called', call: { tool, input, isError: false, data } }];
}

function decideOn({ text, history = [] }: Phrasing): Promise<Decision> {
  return decide(history.flatMap(happeningsOf), text, { domain, now: NOW });
}

function isRightTool(decision: Decision, { expect: { tool, kind } }: Phrasing): boolean {
  return decision.kind === 'call' ? decision.tool === tool : decision.kind === kind;
}

function isRight(decision: Decision, phrasing: Phrasing): boolean {
  const { arguments: input } = phrasing.expect;
  if (!isRightTool(decision, phrasing)) return false;
  if (decision.kind !== 'call' || input === undefined) return true;
  // "Today" is another day for whoever wrote the list: there a span of time is left open.
  const isOpenSpan = SPANS.has(decision.tool) && Object.keys(input).length === 0;
  return isOpenSpan || sameArguments(decision.input, input);
}

/** Equal, whatever the order of the keys. */
function sameArguments(given: object, expected: object): boolean {
  return JSON.stringify(sorted(given)) === JSON.stringify(sorted(expected));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, field]) => [key, sorted(field)]),
  );
}

describe.each(lists)('$file in $language', ({ list: phrasings }) => {
  let decisions: (readonly [Phrasing, Decision])[];
  beforeAll(async () => {
    decisions = await Promise.all(phrasings.map(async (phrasing) => [phrasing, await decideOn(phrasing)] as const));
  });

  it('are a hundred', () => {
    expect(phrasings).toHaveLength(100);
  });

  it(`lead to the right tool call, its arguments too, at least in ${100 * BAR} %`, () => {
    const wrong = decisions.filter(([phrasing, decision]) => !isRight(decision, phrasing));
    const report = wrong.map(([{ text, expect: wanted }, decision]) => ({ text, wanted, decision }));
    expect((phrasings.length - wrong.length) / phrasings.length, JSON.stringify(report, null, 1)).toBeGreaterThanOrEqual(BAR);
  });

  it('never lead to a prediction where none was asked for, or where a value is missing', () => {
    const invented = decisions.filter(
      ([phrasing, decision]) => phrasing.expect.tool === null && decision.kind === 'call' && PREDICTS.has(decision.tool),
    );
    expect(invented.map(([{ text }]) => text)).toEqual([]);
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { splitWide } from './wide-schema.ts';

const NAMES = Array.from({ length: 2000 }, (_, index) => `f${index}`);
const number = { type: 'number', minimum: 0 };
const SCHEMA = {
  type: 'object',
  if: { required: ['list'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
  then: {
    properties: { list: { type: 'array', prefixItems: NAMES.map(() => number), items: false, minItems: NAMES.length } },
    additionalProperties: false,
  },
  else: { properties: Object.fromEntries(NAMES.map((name) => [name, number])), required: NAMES, additionalProperties: false },
};

const values = Object.fromEntries(NAMES.map((name, index) => [name, index]));
const changed = (change: Record<string, unknown>) => ({ ...values, ...change });
const list = Object.values(values);

describe('a wide schema in parts', () => {
  const options = { strict: false } as const;
  const first = new Ajv2020(options).compile(splitWide(SCHEMA));
  const split = new Ajv2020({ ...options, allErrors: true }).compile(splitWide(SCHEMA));
  const whole = new Ajv2020({ ...options, allErrors: true }).compile(SCHEMA);

  it.each([
    ['all values', values],
    ['a list', { list }],
  ])('takes %s', (_case, value) => {
    expect([first(value), split(value), whole(value)]).toEqual([true, true, true]);
  });

  it.each([
    ['a wrong value', changed({ f1999: -1 })],
    ['several wrong values', changed({ f0: 'x', f150: null, f1999: -1 })],
    ['an unknown name', changed({ other: 1 })],
    ['a name that every object has', changed({ constructor: 1 })],
    ['a missing value', { f0: 1 }],
    ['a wrong item', { list: list.with(1500, -1) }],
    ['an item too many', { list: [...list, 1] }],
    ['an item too few', { list: list.slice(1) }],
    ['no object', 7],
  ])('refuses %s with the same faults', (_case, value) => {
    const faultsOf = (check: typeof split) => {
      expect(check(value)).toBe(false);
      return check.errors!.map(({ instancePath, message, params }) => JSON.stringify([instancePath, message, params])).sort();
    };
    expect(faultsOf(split)).toEqual(faultsOf(whole));
    expect(faultsOf(split)).toEqual(expect.arrayContaining(faultsOf(first).filter((fault) => !fault.includes('must match'))));
  });

  it('is a narrow schema as it is', () => {
    const narrow = { type: 'object', properties: { allOf: number, properties: number }, examples: [{ allOf: 1 }] };
    expect(splitWide(narrow)).toEqual(narrow);
  });
});

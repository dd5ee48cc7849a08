import { describe, expect, it } from 'vitest';
import { isValueOf } from './feature-value.ts';
import type { Feature } from './schema.ts';

const number: Feature = { kind: 'numeric', name: 'ph', unit: '1', observed: { min: 4, max: 9 }, plausible: { min: 0, max: 14 } };
const colour: Feature = { kind: 'categorical', name: 'colour', levels: ['red', 'rest'] };
const day: Feature = { kind: 'date', name: 'taken', format: 'dd.mm.yyyy', observed: { min: '2026-01-01', max: '2026-02-01' } };

describe('isValueOf', () => {
  it.each<[string, Feature, unknown, boolean]>([
    ['a plausible number', number, 12, true],
    ['an implausible number', number, 15, false],
    ['NaN', number, Number.NaN, false],
    ['a text for a number', number, '7', false],
    ['a missing value where none may be', number, null, false],
    ['a missing value where it may be', { ...number, missing: true }, null, true],
    ['a level', colour, 'red', true],
    ['an unknown level', colour, 'green', false],
    ['an unknown level where one stands for all others', { ...colour, other: 'rest' }, 'green', true],
    ['an unknown level where they are accepted', { ...colour, unknownLevels: 'accept' }, 'green', true],
    ['a number for a level', { ...colour, unknownLevels: 'accept' }, 1, false],
    ['a day', day, '2030-12-31', true],
    ['no day', day, '2030-02-30', false],
    ['nothing', day, undefined, false],
  ])('%s', (_case, feature, value, expected) => {
    expect(isValueOf(feature, value)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { createSchemaCompiler } from './compilers.ts';
import { fieldFaults } from './validation-faults.ts';

const compile = createSchemaCompiler();

function faultsOf(schema: object, value: unknown) {
  const validate = compile(schema);
  expect(validate(value)).toBe(false);
  return fieldFaults(validate.errors ?? []);
}

describe('fieldFaults', () => {
  it.each([
    ['a missing property', { required: ['a'] }, {}, '/a', 'is missing'],
    ['an unknown property', { additionalProperties: false }, { a: 1 }, '/a', 'is not a known property'],
    ['a level', { properties: { a: { enum: ['x', 'y'] } } }, { a: 'z' }, '/a', 'must be one of x, y'],
    ['a value too large', { properties: { a: { maximum: 20 } } }, { a: 900 }, '/a', 'is not plausible: must be at most 20'],
    ['a value too small', { properties: { a: { minimum: 0 } } }, { a: -1 }, '/a', 'is not plausible: must be at least 0'],
    ['a number of text', { properties: { a: { type: 'number' } } }, { a: '1' }, '/a', 'must be a finite number without quotes'],
    ['no number', { properties: { a: { type: 'number' } } }, { a: Number.NaN }, '/a', 'must be a finite number without quotes'],
    ['a type of two', { properties: { a: { type: ['string', 'null'] } } }, { a: 1 }, '/a', 'must be text or null'],
    ['the whole body', { type: 'object' }, [], '', 'must be an object: { … }'],
    ['too few', { minItems: 4 }, [1], '', 'must have at least 4 entries'],
    ['too many', { maxItems: 1 }, [1, 2], '', 'must have at most 1 entries'],
    ['an empty text', { minLength: 1 }, '', '', 'must not be empty'],
    ['a long text', { maxLength: 2 }, 'abc', '', 'must have at most 2 characters'],
    ['a form, in words', { pattern: '^v\\d{4}$', description: 'Such as v0002.' }, 'v2', '', 'has another form: Such as v0002.'],
    ['a form without words', { pattern: '^v' }, 'x', '', 'has another form'],
  ])('points at %s', (_case, schema, value, pointer, detail) => {
    expect(faultsOf(schema, value)).toEqual([{ pointer, detail }]);
  });

  it('escapes names as RFC 6901 says', () => {
    expect(faultsOf({ additionalProperties: false }, { 'a/b~c': 1 })[0]?.pointer).toBe('/a~1b~0c');
  });

  it('tells the faults of the branch that was chosen, not that one was', () => {
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    const schema = { if: { required: ['f'] }, then: { properties: { f: { type: 'array' } } }, else: { required: ['g'] } };
    expect(faultsOf(schema, { f: 1 })).toEqual([{ pointer: '/f', detail: 'must be a list: [ … ]' }]);
    expect(faultsOf(schema, {})).toEqual([{ pointer: '/g', detail: 'is missing' }]);
  });

  it('repeats no value of the caller, and tells the first twenty', () => {
    const value = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, 'hunter2']));
    const faults = faultsOf({ additionalProperties: { type: 'number' } }, value);
    expect(faults).toHaveLength(20);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});

import { describe, expect, it } from 'vitest';
import { createSchemaCompiler } from './compilers.ts';

const compile = createSchemaCompiler();
const validate = compile({
  type: 'object',
  properties: {
    name: { type: 'string' },
    items: { type: 'array', items: { type: 'object', required: ['a', 'b'] }, maxItems: 10_000 },
  },
  additionalProperties: false,
});
const keywords = () => validate.errors?.map(({ keyword }) => keyword);

describe('createSchemaCompiler', () => {
  it('tells all faults of a small value', () => {
    expect(validate({ name: 1, other: 2, items: [{}] })).toBe(false);
    expect(keywords()?.toSorted()).toEqual(['additionalProperties', 'required', 'required', 'type']);
  });

  it('checks an object of 2,000 properties, and names the one that is wrong', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `f${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'number' }]));
    const check = compile({ type: 'object', properties, required: names, additionalProperties: false });
    const value = Object.fromEntries(names.map((name) => [name, 1]));
    expect(check(value)).toBe(true);
    expect(check({ ...value, f1999: 'x' })).toBe(false);
    expect(check.errors).toMatchObject([{ instancePath: '/f1999', keyword: 'type' }]);
  });

  it('changes nothing: no coercion, no default, no removal', () => {
    const defaulted = compile({ type: 'object', properties: { n: { type: 'number', default: 1 } }, additionalProperties: false });
    const value = { n: '1', other: true };
    expect(defaulted(value)).toBe(false);
    expect(value).toEqual({ n: '1', other: true });
    expect(defaulted({})).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('takes %d for no number', (value) => {
    expect(compile({ type: 'number' })(value)).toBe(false);
  });

  it.each([
    ['of items', { items: Array(700_000).fill({}) }, ['maxItems']],
    ['of faulty items', { items: Array(10_000).fill({}) }, ['required']],
    ['of properties', Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`p${i}`, i])), ['additionalProperties']],
  ])('tells the first fault only of a value with hundreds of thousands %s, in little time', (_case, value, expected) => {
    const before = process.threadCpuUsage();
    expect(validate(value)).toBe(false);
    // Listing all takes seconds.
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500);
    expect(keywords()).toEqual(expected);
  });
});

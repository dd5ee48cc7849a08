import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    width: { type: 'number' },
    count: { type: 'integer' },
    name: { type: 'string' },
    isOpen: { type: 'boolean' },
    area: { type: ['number', 'null'], title: 'Area (m²)' },
    instances: { type: 'array', items: { type: 'object', properties: { width: { type: 'number' } }, required: ['width'] } },
    more: { type: 'object', properties: { count: { type: 'integer' } } },
  },
  required: ['width'],
} as const;
const read = (given: unknown) => readArguments(SCHEMA, given).args;

describe('readArguments', () => {
  it.each([
    ['a number as text', { width: '5.1', count: '7' }, { width: 5.1, count: 7 }],
    ['a number with space, sign and exponent', { width: ' -5.1e-3 ' }, { width: -0.0051 }],
    ['a whole number as 5.0', { count: '5.0' }, { count: 5 }],
    ['a truth value as text', { isOpen: 'false' }, { isOpen: false }],
    ['a whole number for a text', { name: 7 }, { name: '7' }],
    ['null for what may be left out', { width: 1, count: null, name: null }, { width: 1 }],
    ['a list as text', { instances: '[{"width":"1"}]' }, { instances: [{ width: 1 }] }],
    ['an object as text', { more: '{"count":"1","x":null}' }, { more: { count: 1 } }],
    ['a number as text where it may be missing', { area: '7' }, { area: 7 }],
    ['the title of an argument', { 'Area (m²)': '7' }, { area: 7 }],
    ['all of it as text', '{"width":"1"}', { width: 1 }],
  ])('reads %s', (_name, given, expected) => {
    expect(read(given)).toEqual(expected);
  });

  it.each([
    { width: '' },
    { width: ' ' },
    { width: '0x1F' },
    { width: '5,1' },
    { width: '5.1 cm' },
    { width: 'Infinity' },
    { width: 'NaN' },
    { width: true },
    { width: null },
    { width: ['5.1'] },
    { isOpen: 'yes' },
    { isOpen: 1 },
    { name: 1.5 },
    { instances: { width: 1 } },
    { instances: '[1' },
    { more: 'x' },
    [],
    'x',
    7,
  ])('leaves %j to be refused', (given) => {
    expect(read(given)).toEqual(given);
  });

  it('names what it ignores, however it is called', () => {
    const given = JSON.parse('{"width":1,"x":1,"__proto__":{"a":1},"constructor":2,"instances":[{"width":1,"y":2}]}');
    expect(readArguments(SCHEMA, given)).toEqual({
      args: { width: 1, instances: [{ width: 1 }] },
      ignored: ['/x', '/__proto__', '/constructor', '/instances/0/y'],
    });
  });
});

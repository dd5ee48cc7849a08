import { describe, expect, it } from 'vitest';
import type { DatasetSchema, Feature } from '../../lib/api/types.ts';
import { describeSample } from './describe-sample.ts';

const range = { min: 0, max: 1 };
const numeric = (name: string): Feature => ({ kind: 'numeric', name, unit: '1', observed: range, plausible: range });
const schemaOf = (...features: Feature[]): DatasetSchema => ({
  name: 'made-up',
  description: '',
  target: 'y',
  classes: ['no', 'yes'],
  features,
});
const french = (value: number) => String(value).replace('.', ',');

describe('describeSample', () => {
  it('is numbers alone where there is nothing else', () => {
    expect(describeSample(schemaOf(numeric('a'), numeric('b')), [5.1, 3], french)).toBe('5,1 3');
  });

  it('names the values where some are levels', () => {
    const colour: Feature = { kind: 'categorical', name: 'colour', levels: ['red', 'blue'] };
    expect(describeSample(schemaOf(numeric('a'), colour), [0.5, 'red'], String)).toBe('a 0.5, colour red');
  });
});

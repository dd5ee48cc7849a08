import { describe, expect, it } from 'vitest';
import { fieldFaults } from './field-faults.ts';

describe('fieldFaults', () => {
  it('finds the feature that each fault points at; the first fault of a feature counts', () => {
    const errors = [
      { pointer: '/petal_length', detail: 'is not plausible' },
      { pointer: '/petal_length', detail: 'is odd' },
      { pointer: '/km~1h ~01', detail: 'is missing' },
    ];
    expect(fieldFaults({ errors })).toEqual({ petal_length: 'is not plausible', 'km/h ~1': 'is missing' });
  });

  it('has nothing for a problem without faults, or no problem', () => {
    expect(fieldFaults({ errors: [] })).toEqual({});
    expect(fieldFaults(undefined)).toEqual({});
  });
});

it('a feature that is called as every object’s members are has no fault by itself', () => {
  const faults = fieldFaults(undefined);
  expect([faults.constructor, faults.toString, faults.hasOwnProperty]).toEqual([undefined, undefined, undefined]);
});

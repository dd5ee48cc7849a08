import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argmax } from './argmax.ts';

describe('argmax', () => {
  it('is the first place of the greatest number, within the part it is given', () => {
    // Few values, so that equals are common.
    const values = fc.array(fc.constantFrom<number>(-1e300, -1, 0, 0.5, 1, 1e300), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, fc.nat(3), (part, offset) => {
        const around = Float64Array.from([...Array(offset).fill(9e300), ...part, 9e300]);
        expect(argmax(around, offset, part.length)).toBe(part.indexOf(Math.max(...part)));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRbfKernel, paddedSize } from './rbf-kernel.ts';

describe('the RBF kernel', () => {
  it('is exp(-|x - y|²) for any number of columns, those that fill no block of four among them', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 }))
      .chain(([columns, count]) =>
        fc.tuple(
          fc.constant(columns),
          fc.array(number, { minLength: columns, maxLength: columns }),
          fc.array(number, { minLength: columns * count, maxLength: columns * count }),
        ),
      );
    fc.assert(
      fc.property(cases, ([columns, x, vectors]) => {
        const row = new Float64Array(paddedSize(columns));
        row.set(x);
        const out = new Float64Array(vectors.length / columns).fill(Number.NaN);
        createRbfKernel(Float64Array.from(vectors), columns)(row, out);
        out.forEach((kernel, index) => {
          const distance = x.reduce((sum, value, column) => sum + (value - vectors[index * columns + column]!) ** 2, 0);
          expect(kernel).toBeCloseTo(Math.exp(-distance), 12);
        });
      }),
    );
  });

  it('pads rows to whole blocks', () => {
    expect([1, 4, 5, 8, 9].map(paddedSize)).toEqual([4, 4, 8, 8, 12]);
  });
});

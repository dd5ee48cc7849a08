import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn } from './column.ts';

describe('a numeric column', () => {
  it('counts what is no finite number as missing', () => {
    const column = numericColumn([1, 2, 3], 5000);
    for (const value of [1, undefined, null, '2', Number.NaN, Number.POSITIVE_INFINITY, 3]) column.add(value);
    expect([column.nCurrent, column.missing]).toEqual([2, 5]);
  });

  it('has a finite effect where the training data had one value only, and none for the same value', () => {
    const [same, other] = [numericColumn([7, 7, 7], 5000), numericColumn([7, 7, 7], 5000)];
    same.add(7);
    other.add(8);
    expect(same.compare()).toMatchObject({ statistic: 0, pValue: 1, effect: 0 });
    expect(other.compare()).toMatchObject({ statistic: 1, effect: 1000 });
  });
});

describe('a categorical column', () => {
  it('counts levels that the training data had not, and what is no text as missing', () => {
    const column = categoricalColumn({ levels: ['a', 'b'] }, [50, 50]);
    for (let round = 0; round < 50; round++) for (const level of ['a', 'new', 'newer', undefined, 3]) column.add(level);
    expect([column.nCurrent, column.missing]).toEqual([150, 100]);
    expect(column.compare().pValue).toBeLessThan(1e-9);
    expect(column.compare().effect).toBeGreaterThan(0.5);
  });

  it('finds nothing in equal shares, however many rows', () => {
    const column = categoricalColumn({ levels: ['a', 'b', 'c'] }, [10, 20, 0]);
    for (let row = 0; row < 3000; row++) column.add(row % 3 === 0 ? 'a' : 'b');
    expect(column.compare()).toEqual({ statistic: 0, pValue: 1, effect: 0, effectError: 0 });
  });
});

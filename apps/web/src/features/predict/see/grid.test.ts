import { generateChurn } from '@iris/dataset/churn';
import { isValueOf } from '@iris/dataset/feature-value';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import type { NumericFeature } from '../../../lib/api/types.ts';
import { startValues } from '../sample-values.ts';
import { numericFeatures } from './axes.ts';
import { gridSize, makeGrid, spanOf } from './grid.ts';

const { schema } = generateChurn();
const [x, y] = numericFeatures(schema) as [NumericFeature, NumericFeature];
const spans = { x: spanOf(x, undefined), y: spanOf(y, undefined) };
const held = startValues(schema);

describe('spanOf', () => {
  const [feature] = numericFeatures(loadIris().schema) as [NumericFeature];

  it('is what was observed and a margin', () => {
    const { from, to } = spanOf(feature, 5);
    expect(from).toBeCloseTo(4.3 - 3.6 * 0.06);
    expect(to).toBeCloseTo(7.9 + 3.6 * 0.06);
  });

  it('has room for a sample beyond, as long as that is plausible', () => {
    expect(spanOf(feature, 12).to).toBeGreaterThan(12);
    expect(spanOf(feature, 0.1).from).toBeLessThan(0.1);
    for (const value of [900, '', undefined]) expect(spanOf(feature, value)).toEqual(spanOf(feature, 5));
  });
});

describe('makeGrid', () => {
  const grid = makeGrid(schema, held, { x, y }, spans);

  it('has a plausible sample for each cell, in the order of the features', () => {
    expect(grid.samples.length).toBe(grid.columns * grid.rows);
    for (const sample of grid.samples) expect(schema.features.every((feature, at) => isValueOf(feature, sample[at]))).toBe(true);
  });

  it('goes along both axes and holds all else', () => {
    const names = schema.features.map(({ name }) => name);
    const distinct = (name: string) => new Set(grid.samples.map((sample) => sample[names.indexOf(name)]));
    expect(distinct(y.name).size).toBeGreaterThan(grid.rows * 0.9);
    expect(distinct(x.name).size).toBeGreaterThan(grid.columns * 0.9);
    for (const name of names.filter((other) => other !== x.name && other !== y.name))
      expect([...distinct(name)]).toEqual([held[name]]);
    const [one, next] = grid.samples.slice(24, 26).map((sample) => Number(sample[names.indexOf(x.name)]));
    expect(next).toBeGreaterThan(one!);
  });

  it('is bounded: fewer cells with many features, never none, never more than the API takes at once', () => {
    for (const count of [1, 4, 30, 1000, 1_000_000]) {
      const { columns, rows } = gridSize(count);
      expect(columns * rows).toBeGreaterThanOrEqual(1);
      expect(columns * rows).toBeLessThanOrEqual(10_000);
      if (count <= 1000) expect(columns * rows * count).toBeLessThanOrEqual(40_000);
    }
    expect(gridSize(1000).columns).toBeLessThan(gridSize(4).columns);
  });
});

import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import type { NumericFeature, Prediction } from '../../../lib/api/types.ts';
import { startValues } from '../sample-values.ts';
import { numericFeatures } from './axes.ts';
import { makeGrid, spanOf } from './grid.ts';
import { makeRegions } from './regions.ts';

const { schema } = generateChurn();
const [x, y] = numericFeatures(schema) as [NumericFeature, NumericFeature];
const spans = { x: spanOf(x, undefined), y: spanOf(y, undefined) };
const held = startValues(schema);

/** A model that says `yes` right of the middle, unsure next to it. */
function predict(share: number): Prediction {
  const probability = share > 0.5 ? share : 1 - share;
  const prediction = share > 0.5 ? 'yes' : 'no';
  const probabilities = { [prediction]: probability };
  return { prediction, class_index: Number(share > 0.5), probabilities, model: 'm', version: '1', request_id: 'r' };
}

describe('makeRegions', () => {
  const grid = makeGrid(schema, held, { x, y }, spans);
  const shares = grid.samples.map((_, cell) => ((cell % grid.columns) + 0.5) / grid.columns);
  const { areas, marks } = makeRegions(grid, shares.map(predict));

  it('cover the grid without a gap or an overlap', () => {
    const area = areas.reduce((sum, { x1, x2, y1, y2 }) => sum + (x2 - x1) * (y2 - y1), 0);
    expect(area).toBeCloseTo((grid.x.to - grid.x.from) * (grid.y.to - grid.y.from), 6);
    expect(areas.every(({ x1, x2, y1, y2 }) => x1 < x2 && y1 < y2)).toBe(true);
  });

  it('are few: neighbours that are alike are one', () => {
    expect(areas.length).toBe(grid.rows * 6);
  });

  it('tell the class and how sure the model is', () => {
    const row = areas.slice(0, 6);
    expect(row.map(({ classIndex }) => classIndex)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(row.map(({ certainty }) => certainty)).toEqual([2, 1, 0, 0, 1, 2]);
  });

  it('have marks of their class all over, far fewer than cells', () => {
    expect(marks.length).toBeLessThan((grid.columns * grid.rows) / 10);
    const middle = (grid.x.from + grid.x.to) / 2;
    for (const mark of marks) expect(mark.classIndex).toBe(Number(mark.x > middle));
    expect(new Set(marks.map(({ classIndex }) => classIndex)).size).toBe(2);
  });
});

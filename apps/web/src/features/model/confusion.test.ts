import { describe, expect, it } from 'vitest';
import { confusionCells } from './confusion.ts';

describe('a confusion matrix', () => {
  const cells = confusionCells([
    [8, 2, 0],
    [1, 3, 0],
    [0, 0, 0],
  ]);

  it('tells the share of each true class: every row that has samples sums to 1', () => {
    expect(cells[0]!.map(({ share }) => share)).toEqual([0.8, 0.2, 0]);
    expect(cells.map((row) => row.reduce((sum, { share }) => sum + share, 0))).toEqual([1, 1, 0]);
  });

  it('is right on its diagonal only', () => {
    expect(cells.map((row) => row.findIndex(({ isCorrect }) => isCorrect))).toEqual([0, 1, 2]);
    expect(cells.flat().filter(({ isCorrect }) => isCorrect)).toHaveLength(3);
  });

  it('of a model that was not measured is empty', () => {
    expect(confusionCells([])).toEqual([]);
  });
});

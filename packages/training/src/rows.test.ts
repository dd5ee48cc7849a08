import { selectRows } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import { indexesByClass, requireRowsPerClass, rowMajor, type TrainingRows, trainingRows } from './rows.ts';
import { numericRows } from './test-rows.ts';

const ROWS: TrainingRows = numericRows([1, 10, 2, 20, 3, 30], [1, 0, 1], 3);

describe('trainingRows', () => {
  it('are the columns of the dataset, with the levels of each', () => {
    const churn = generateChurn({ sampleCount: 3 });
    const rows = trainingRows(churn);
    expect(rows.levelCounts).toEqual([0, 0, 0, 3, 3]);
    expect(rows.columns).toBe(churn.columns);
    expect(rows.labels).toBe(churn.labels);
    expect(rows.classes).toEqual(['no', 'yes']);
  });
});

describe('selectRows', () => {
  it('takes rows in the given order, repeated ones too', () => {
    const selected = selectRows(ROWS, [2, 0, 2]);
    expect([...rowMajor(selected)]).toEqual([3, 30, 1, 10, 3, 30]);
    expect(Array.from(selected.labels)).toEqual([1, 1, 1]);
  });

  it('copies: changing the selection leaves the rows alone', () => {
    selectRows(ROWS, [0]).labels[0] = 2;
    expect(ROWS.labels[0]).toBe(1);
  });
});

describe('requireRowsPerClass', () => {
  it('lists the indexes of each class', () => {
    expect(indexesByClass(ROWS)).toEqual([[1], [0, 2], []]);
  });

  it('refuses a class with too few rows by name of its index', () => {
    expect(() => requireRowsPerClass(ROWS, 1, 'fitting')).toThrow(
      expect.objectContaining({
        code: 'TRAINING_ROWS',
        message: 'the class 2 has 0 rows: fitting needs at least 1 of each class',
      }),
    );
    expect(() => requireRowsPerClass(ROWS, 2, 'evaluation')).toThrow('the class 0 has 1 row');
    expect(() => requireRowsPerClass({ ...ROWS, classes: ['oui', '9', 'non'] }, 2, 'evaluation')).toThrow(
      'the class "oui" has 1 row',
    );
  });
});

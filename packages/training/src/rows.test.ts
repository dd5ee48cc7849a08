import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import { encodeDataset, indexesByClass, requireRowsPerClass, selectRows, type TrainingRows, toArrays } from './rows.ts';

const ROWS: TrainingRows = {
  features: Float64Array.of(1, 10, 2, 20, 3, 30),
  labels: Int32Array.of(1, 0, 1),
  inputSize: 2,
  classCount: 3,
};

describe('encodeDataset', () => {
  it('encodes levels one-hot', () => {
    const churn = generateChurn({ sampleCount: 3 });
    const rows = encodeDataset(churn);
    expect(rows.inputSize).toBe(9);
    expect(rows.features).toHaveLength(27);
    expect(rows.features.slice(3, 6).reduce((sum, value) => sum + value)).toBe(1);
    expect(Array.from(rows.labels)).toEqual(churn.labels);
  });
});

describe('selectRows', () => {
  it('takes rows in the given order, repeated ones too', () => {
    const selected = selectRows(ROWS, [2, 0, 2]);
    expect(toArrays(selected)).toEqual([
      [3, 30],
      [1, 10],
      [3, 30],
    ]);
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

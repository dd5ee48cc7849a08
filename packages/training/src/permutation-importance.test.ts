import { expect, it } from 'vitest';
import { permutationImportance } from './permutation-importance.ts';
import { createRandom } from './random.ts';
import type { TrainingRows } from './rows.ts';

const random = createRandom(3);
const draw = () => Float64Array.from({ length: 400 }, () => random.below(1000) / 500 - 1);
const [first, second, noise] = [draw(), draw(), draw()];
/** The label is whether the first two sum to more than nothing. */
const ROWS: TrainingRows = {
  columns: [first, second, noise],
  labels: Int32Array.from(first, (value, row) => Number(value + second[row]! > 0)),
  levelCounts: [0, 0, 0],
  classCount: 2,
};
const PARAMETERS = {
  kind: 'logreg',
  inputSize: 3,
  classCount: 2,
  scaler: { mean: [0, 0, 0], scale: [1, 1, 1] },
  coefficients: [0, 0, 0, 5, 5, 0],
  intercepts: [0, 0],
};

it('permutation importance is nothing for a column that the model does not look at, and much for one that decides', () => {
  const repeats = permutationImportance({ parameters: PARAMETERS, rows: ROWS, columnFeatures: [0, 1, 2], seed: 1, repeats: 3 });
  expect(repeats).toHaveLength(3);
  for (const [one, two, none] of repeats) {
    expect(one).toBeGreaterThan(0.3);
    expect(two).toBeGreaterThan(0.3);
    expect(none).toBe(0);
  }
});

it('columns of one feature are permuted together', () => {
  const [[both, none] = []] = permutationImportance({
    parameters: PARAMETERS,
    rows: ROWS,
    columnFeatures: [0, 0, 1],
    seed: 1,
    repeats: 1,
  });
  const [[one] = []] = permutationImportance({
    parameters: PARAMETERS,
    rows: ROWS,
    columnFeatures: [0, 1, 2],
    seed: 1,
    repeats: 1,
  });
  expect(both).toBeGreaterThan(one!);
  expect(none).toBe(0);
});

it('the same seed gives the same figures', () => {
  const request = { parameters: PARAMETERS, rows: ROWS, columnFeatures: [0, 1, 2], seed: 5, repeats: 2 };
  expect(permutationImportance(request)).toEqual(permutationImportance(request));
});

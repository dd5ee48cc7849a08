import { describe, expect, it } from 'vitest';
import { ModelError } from './errors.ts';
import { parseModel } from './parse-model.ts';

/** A number that may be missing, and a colour of three levels that may not: 1 + 1 + 3 columns. */
const INPUTS = { levelCounts: [0, 3], fills: [5, null], indicators: [true, false] };

/** Scores of class 1: value × 1, + 10 where it was missing, + 100, 200 or 300 by colour, over a thousand. */
const PARAMETERS = {
  kind: 'logreg',
  inputSize: 2,
  classCount: 2,
  inputs: INPUTS,
  scaler: { mean: [0, 0, 0, 0, 0], scale: [1000, 1000, 1000, 1000, 1000] },
  coefficients: [0, 0, 0, 0, 0, 1, 10, 100, 200, 300],
  intercepts: [0, 0],
};

function scoreOf(row: readonly number[]): number {
  const [no, yes] = parseModel(PARAMETERS).predict(row).classProbabilities;
  return Math.round(1000 * Math.log(yes! / no!));
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ModelError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a model with inputs', () => {
  it('takes numbers as they are and levels one-hot', () => {
    expect(scoreOf([7, 0])).toBe(107);
    expect(scoreOf([-7, 2])).toBe(293);
  });

  it('fills in what is missing, and says so in a column', () => {
    expect(scoreOf([Number.NaN, 1])).toBe(215);
  });

  it('refuses a missing value where none may be, and what is no index of a level', () => {
    const model = parseModel(PARAMETERS);
    for (const level of [Number.NaN, 3, -1, 0.5]) expect(codeOf(() => model.predict([1, level]))).toBe('MODEL_FEATURE_VALUE');
  });

  it('answers batches of many blocks as rows one by one', () => {
    const count = 600;
    const rows = Float64Array.from({ length: 2 * count }, (_, index) =>
      index % 2 === 1 ? index % 3 : index % 10 === 0 ? Number.NaN : index,
    );
    const model = parseModel(PARAMETERS);
    const { classProbabilities } = model.predictBatch(rows, count);
    const single = Array.from({ length: count }, (_, row) => model.predict(rows.subarray(2 * row, 2 * row + 2)));
    expect([...classProbabilities]).toEqual(single.flatMap((prediction) => prediction.classProbabilities));
  });

  it.each([
    ['another number of columns', { ...INPUTS, levelCounts: [0] }, 'MODEL_ARRAY_LENGTH'],
    ['a text for a fill', { ...INPUTS, fills: ['5', null] }, 'MODEL_NUMBER'],
    ['a fill that is no level', { ...INPUTS, fills: [5, 3] }, 'MODEL_FEATURE_VALUE'],
    ['an indicator that is no boolean', { ...INPUTS, indicators: [1, false] }, 'MODEL_NUMBER'],
    ['more columns than are bounded', { ...INPUTS, levelCounts: [9999, 3] }, 'MODEL_COUNTS'],
    ['no object', 7, 'MODEL_NOT_AN_OBJECT'],
  ])('refuses %s', (_case, inputs, code) => {
    expect(codeOf(() => parseModel({ ...PARAMETERS, inputs }))).toBe(code);
  });
});

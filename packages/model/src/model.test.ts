import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from './errors.ts';
import { parseModel } from './parse-model.ts';
import { anyParameters, anyRows, forestOfLeaves, SMALL_FOREST, SMALL_LOGREG, SMALL_SVM } from './test-parameters.ts';

function errorOf(action: () => unknown): ModelError {
  try {
    action();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a model of any kind', () => {
  it('gives rows of probabilities within 0 and 1 that sum to 1, at any magnitude', () => {
    fc.assert(
      fc.property(anyParameters, anyRows, (parameters, rows) => {
        const { classProbabilities } = parseModel(parameters).predictBatch(rows, rows.length / 3);
        for (let start = 0; start < classProbabilities.length; start += parameters.classCount) {
          const row = classProbabilities.subarray(start, start + parameters.classCount);
          expect(row.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
          expect(Math.abs(row.reduce((sum, probability) => sum + probability, 0) - 1)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('answers a batch exactly as it answers its rows one by one', () => {
    fc.assert(
      fc.property(anyParameters, anyRows, (parameters, rows) => {
        const model = parseModel(parameters);
        const count = rows.length / 3;
        const single = Array.from({ length: count }, (_, row) => model.predict(rows.subarray(row * 3, row * 3 + 3)));
        const batch = model.predictBatch(rows, count);
        expect([...batch.classIndexes]).toEqual(single.map(({ classIndex }) => classIndex));
        expect([...batch.classProbabilities]).toEqual(single.flatMap(({ classProbabilities }) => classProbabilities));
      }),
      { numRuns: 300 },
    );
  });

  it('names the class with the greatest probability, the lowest index among equals', () => {
    fc.assert(
      fc.property(anyParameters, anyRows, (parameters, rows) => {
        const { classIndex, classProbabilities } = parseModel(parameters).predict(rows.subarray(0, 3));
        expect(classIndex).toBe(classProbabilities.indexOf(Math.max(...classProbabilities)));
      }),
    );
  });

  it('keeps the answer it gave when it predicts again', () => {
    const model = parseModel(SMALL_LOGREG);
    const first = model.predict([0, 0]);
    const copy = [...first.classProbabilities];
    model.predict([9, 9]);
    expect(first.classProbabilities).toEqual(copy);
  });

  it('answers an empty batch with empty answers', () => {
    const { classIndexes, classProbabilities } = parseModel(SMALL_SVM).predictBatch(new Float64Array(0), 0);
    expect([classIndexes.length, classProbabilities.length]).toEqual([0, 0]);
  });

  it.each([SMALL_LOGREG, SMALL_SVM, SMALL_FOREST])('refuses a row of another length ($kind)', (parameters) => {
    const model = parseModel(parameters);
    expect(errorOf(() => model.predict([1]))).toMatchObject({ code: 'MODEL_FEATURE_COUNT', details: { expected: 2, actual: 1 } });
    expect(errorOf(() => model.predict([1, 2, 3])).code).toBe('MODEL_FEATURE_COUNT');
    expect(errorOf(() => model.predictBatch(new Float64Array(3), 2)).details).toEqual({ expected: 4, actual: 3 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e51])('refuses the feature value %d, alone and in a batch', (value) => {
    const model = parseModel(SMALL_FOREST);
    expect(errorOf(() => model.predict([0, value]))).toMatchObject({ code: 'MODEL_FEATURE_VALUE', details: { index: 1 } });
    expect(errorOf(() => model.predictBatch(Float64Array.of(0, 0, value, 0), 2)).details).toMatchObject({ index: 2 });
  });

  it('does not look at numbers beyond the rows it was asked for', () => {
    expect(parseModel(SMALL_FOREST).predictBatch(Float64Array.of(0, 0, Number.NaN, 0), 1).classIndexes).toHaveLength(1);
  });

  it('breaks a tie of the votes in favour of the lowest class', () => {
    expect(parseModel(forestOfLeaves(4, [3, 1, 3, 1, 2])).predict([0, 0]).classIndex).toBe(1);
  });
});

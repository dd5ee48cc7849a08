import { MAX_MAGNITUDE } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { MAX_MAGNITUDE as MODEL_MAX_MAGNITUDE, type ModelKind, parseModel } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { fit } from './fit.ts';
import { rowMajor, trainingRows } from './rows.ts';

const KINDS: readonly ModelKind[] = ['rf', 'gbt', 'svm', 'logreg'];
const IRIS = trainingRows(loadIris());

it('takes numbers as large as the model and the dataset schema take', () => {
  expect(MAX_MAGNITUDE).toBe(MODEL_MAX_MAGNITUDE);
});

describe.each(KINDS)('fit %s', (kind) => {
  it('gives the same bytes for the same rows, options and seed', async () => {
    const bytes = async () => JSON.stringify(await fit(kind, IRIS, {}, 5));
    expect(await bytes()).toBe(await bytes());
  });

  it('gives parameters that JSON keeps and that the model accepts', async () => {
    const { parameters } = await fit(kind, IRIS);
    expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters);
    expect(parseModel(parameters)).toMatchObject({ kind, inputSize: 4, classCount: 3 });
  });

  it('learns two classes from mixed columns', async () => {
    const churn = trainingRows(generateChurn({ sampleCount: 400 }));
    const { classIndexes } = parseModel((await fit(kind, churn)).parameters).predictBatch(rowMajor(churn), 400);
    expect(classIndexes.filter((label, index) => label === churn.labels[index]).length).toBeGreaterThan(0.75 * 400);
  });

  it.each([-1, 1.5, 2 ** 31, Number.NaN])('refuses the seed %d', async (seed) => {
    await expect(fit(kind, IRIS, {}, seed)).rejects.toMatchObject({ code: 'TRAINING_OPTION' });
  });

  it('refuses an option of another algorithm', async () => {
    await expect(fit(kind, IRIS, { neighbours: 3 })).rejects.toThrow('there is no option neighbours');
  });

  it('refuses rows that lack a class', async () => {
    await expect(fit(kind, { ...IRIS, classCount: 4 })).rejects.toThrow('the class 3 has 0 rows');
  });

  it.each([1e200, -Number.MAX_VALUE, Number.POSITIVE_INFINITY])('refuses %s, whose square is no number', async (value) => {
    const columns = IRIS.columns.with(2, IRIS.columns[2]!.with(1, value));
    await expect(fit(kind, { ...IRIS, columns })).rejects.toMatchObject({
      code: 'TRAINING_ROWS',
      message: `row 1 has ${value} in column 2: numbers to learn from go up to 1e+50`,
    });
  });

  it('learns from the largest numbers and the smallest', async () => {
    for (const scale of [1e49, 1e-49]) {
      const rows = { ...IRIS, columns: IRIS.columns.map((column) => column.map((value) => value * scale)) };
      expect(parseModel((await fit(kind, rows)).parameters).predict(rowMajor(rows).subarray(0, 4))).toBeDefined();
    }
  });
});

import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { type LogisticRegressionParameters, parseModel } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { fit } from '../fit.ts';
import { balancedWeights } from '../fit-context.ts';
import { rowMajor, type TrainingRows, trainingRows } from '../rows.ts';
import { fitLogisticRegression } from './fit-logistic-regression.ts';

const IRIS = trainingRows(loadIris());
const OPTIONS = { c: 1, maxIter: 1000, tol: 1e-8 };

async function fitRegression(rows: TrainingRows, options = {}): Promise<LogisticRegressionParameters> {
  return (await fit('logreg', rows, options)).parameters as LogisticRegressionParameters;
}

// scikit-learn 1.9.1: LogisticRegression(C=1, tol=1e-12) on StandardScaler'd iris.
const REFERENCE_COEFFICIENTS = [
  -1.0740658549623483, 1.1601150177464568, -1.930691939029364, -1.8115561311791792, 0.5878100605228025, -0.36184058797663216,
  -0.363430860639193, -0.8262697551778296, 0.486255794439546, -0.7982744297698253, 2.2941227996685565, 2.6378258863570085,
];
const REFERENCE_INTERCEPTS = [-0.20524100450803037, 2.0748397919051094, -1.8695987873970914];

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThan(tolerance);
  });
}

describe('fitLogisticRegression', () => {
  it('reaches the optimum that scikit-learn finds', async () => {
    const { coefficients, intercepts } = await fitRegression(IRIS, { tol: 1e-8 });
    expectClose(coefficients, REFERENCE_COEFFICIENTS, 1e-6);
    expectClose(intercepts, REFERENCE_INTERCEPTS, 1e-6);
  });

  it('records its options and takes rows without missing values as they are', async () => {
    const { engine, options, parameters } = await fit('logreg', IRIS);
    expect(engine).toBe('iris');
    expect(options).toEqual({ c: 1, maxIter: 1000, tol: 1e-6 });
    expect(parameters).not.toHaveProperty('inputs');
  });

  it('learns that a value is missing, and predicts such rows', async () => {
    // The number says nothing; whether it is there says all.
    const count = 40;
    const labels = Int32Array.from({ length: count }, (_, row) => row % 2);
    const columns = [
      Float64Array.from(labels, (label, row) => (label === 1 ? Number.NaN : row % 7)),
      Float64Array.from(labels, (_, row) => (row % 5 === 0 ? Number.NaN : row % 3)),
    ];
    const rows = { columns, labels, levelCounts: [0, 3], classCount: 2 };
    const { inputs, coefficients } = await fitRegression(rows);
    expect(inputs).toEqual({ levelCounts: [0, 3], fills: [expect.any(Number), expect.any(Number)], indicators: [true, true] });
    expect(coefficients).toHaveLength(2 * (2 + 4));
    const { classIndexes } = parseModel(await fitRegression(rows)).predictBatch(rowMajor(rows), count);
    expect([...classIndexes]).toEqual([...labels]);
  });

  it('gives probabilities that add up to the classes as they are', async () => {
    // At the optimum of free intercepts the mean probability of a class is its share.
    const churn = trainingRows(generateChurn({ sampleCount: 500 }));
    const { parameters } = await fitLogisticRegression(churn, OPTIONS);
    const { classProbabilities } = parseModel(parameters).predictBatch(rowMajor(churn), 500);
    const mean = classProbabilities.reduce((sum, value, index) => sum + (index % 2) * value, 0) / 500;
    expect(mean).toBeCloseTo(churn.labels.reduce((sum, label) => sum + label, 0) / 500, 6);
  });

  it('lets balanced classes count the same', async () => {
    const churn = trainingRows(generateChurn({ sampleCount: 500 }));
    const { parameters } = await fitLogisticRegression(churn, OPTIONS, { classWeights: balancedWeights(churn) });
    const { classProbabilities } = parseModel(parameters).predictBatch(rowMajor(churn), 500);
    const weights = balancedWeights(churn);
    const mean = churn.labels.reduce((sum, label, row) => sum + weights[label]! * classProbabilities[2 * row + 1]!, 0) / 500;
    expect(mean).toBeCloseTo(0.5, 6);
  });

  it('reports each iteration and ends when the listener throws', async () => {
    const seen: [number, number][] = [];
    const onProgress = async (done: number, total: number) => {
      seen.push([done, total]);
      if (done === 3) throw new Error('out of time');
    };
    await expect(fitLogisticRegression(IRIS, OPTIONS, { onProgress })).rejects.toThrow('out of time');
    expect(seen).toEqual([
      [1, 1000],
      [2, 1000],
      [3, 1000],
    ]);
  });
});

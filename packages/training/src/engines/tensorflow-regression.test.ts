import { loadIris } from '@iris/dataset/iris';
import { type LogisticRegressionParameters, parseModel } from '@iris/model';
import { describe, expect, it, vi } from 'vitest';
import { TENSORFLOW_REGRESSION_OPTIONS } from '../option-tables.ts';
import { checkOptions } from '../options.ts';
import { type TrainingRows, trainingRows } from '../rows.ts';
import { numericRows } from '../test-rows.ts';
import { fitTensorFlowRegression } from './tensorflow-regression.ts';

const IRIS = trainingRows(loadIris());

async function fitEngine(rows: TrainingRows, options = {}) {
  return await fitTensorFlowRegression(rows, checkOptions(TENSORFLOW_REGRESSION_OPTIONS, options));
}

async function fitRegression(rows: TrainingRows, options = {}): Promise<LogisticRegressionParameters> {
  return (await fitEngine(rows, options)).parameters as LogisticRegressionParameters;
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

describe('fitTensorFlowRegression', () => {
  it('reaches the optimum that scikit-learn finds', async () => {
    const { coefficients, intercepts } = await fitRegression(IRIS);
    expectClose(coefficients, REFERENCE_COEFFICIENTS, 1e-5);
    expectClose(intercepts, REFERENCE_INTERCEPTS, 1e-5);
  });

  it('says which engine fitted, and nothing else', async () => {
    const warn = vi.spyOn(console, 'warn');
    const { engine, options } = await fitEngine(IRIS);
    expect(engine).toMatch(/^@tensorflow\/tfjs(-node)? 4\.22\.0$/);
    expect(options).toEqual({ c: 1, steps: 300 });
    expect(warn).not.toHaveBeenCalled();
  });

  it('penalizes coefficients, not intercepts', async () => {
    const { coefficients, intercepts } = await fitRegression(numericRows([-1, 1, -1, 1, 1, 1], [0, 0, 0, 0, 0, 1]), { c: 1e-6 });
    for (const coefficient of coefficients) expect(Math.abs(coefficient)).toBeLessThan(1e-4);
    expect(intercepts[0]! - intercepts[1]!).toBeCloseTo(Math.log(5), 3);
  });

  it('does not diverge on many columns that say the same', async () => {
    const inputSize = 60;
    const labels = Int32Array.from({ length: 40 }, (_, index) => index % 2);
    const features = Float64Array.from(
      { length: 40 * inputSize },
      (_, index) => (Math.floor(index / inputSize) % 2) + (index % 7),
    );
    const model = parseModel(await fitRegression(numericRows(features, labels)));
    const { classIndexes } = model.predictBatch(features, 40);
    expect(Array.from(classIndexes)).toEqual(Array.from(labels));
  });

  it('does not diverge on features with two levels, whose columns are opposites', async () => {
    const levels = [0, 1, 0, 1, 1, 0, 1, 0, 1, 1];
    const features = Float64Array.from(levels.flatMap((level) => [level, 1 - level, level, 1 - level]));
    const { coefficients } = await fitRegression(numericRows(features, levels), { c: 1e3 });
    expectClose(coefficients.slice(0, 4), [-coefficients[1]!, coefficients[1]!, -coefficients[1]!, coefficients[1]!], 1e-3);
    expect(coefficients[1]).toBeGreaterThan(0.5);
  });

  it('frees its tensors', async () => {
    const { tf } = await (await import('./tensorflow.ts')).loadTensorFlow();
    const before = tf.memory().numTensors;
    await fitRegression(IRIS, { steps: 5 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

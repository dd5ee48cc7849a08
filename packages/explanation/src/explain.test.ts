import { readFileSync } from 'node:fs';
import { createEncoder, type Dataset, type DatasetSchema, type NumericFeature, type Sample, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { type LogisticRegressionParameters, type ModelKind, type ModelParameters, parseModel } from '@iris/model';
import { fit, trainingRows } from '@iris/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareExplainer } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { createDraw, drawBoosting, drawForest, drawKernels, drawLinear, drawSamples, mixedSchema } from './test-models.ts';

const iris = loadIris();
const churn = generateChurn({ sampleCount: 300 });

function predict(schema: DatasetSchema, parameters: ModelParameters, sample: Sample): readonly number[] {
  const encoder = createEncoder(schema);
  const row = new Float64Array(encoder.size);
  encoder.encode(sample, row, 0);
  return parseModel(parameters).predict(row).classProbabilities;
}

/** Base and contributions of a class, added up. */
const total = ({ base, contributions }: Explanation, label: number): number =>
  contributions.reduce((sum, row) => sum + row[label]!, base[label]!);

describe.each<[ModelKind, string, Dataset]>([
  ['rf', 'iris', iris],
  ['svm', 'iris', iris],
  ['logreg', 'iris', iris],
  ['logreg', 'churn', churn],
  ['rf', 'churn', churn],
])('the explanation of %s on %s', (kind, _name, dataset) => {
  const { schema } = dataset;
  const samples = samplesOf(dataset);
  let parameters: ModelParameters;
  beforeAll(async () => {
    ({ parameters } = await fit(kind, trainingRows(dataset), kind === 'rf' ? { nEstimators: 20 } : {}));
  });

  it('leads from the mean probabilities to those of the sample, for each class', () => {
    const explain = prepareExplainer({ schema, parameters, samples });
    for (const sample of [samples[0]!, samples[100]!, samples[140]!]) {
      const explanation = explain(sample);
      const probabilities = predict(schema, parameters, sample);
      expect(explanation.contributions).toHaveLength(schema.features.length);
      for (const label of schema.classes.keys()) expect(total(explanation, label)).toBeCloseTo(probabilities[label]!, 10);
    }
  });

  it('adds nothing to the sum of the probabilities, which is 1 before and after', () => {
    const { base, contributions } = prepareExplainer({ schema, parameters, samples })(samples[120]!);
    expect(base.reduce((sum, share) => sum + share)).toBeCloseTo(1, 10);
    for (const row of contributions) expect(row.reduce((sum, share) => sum + share)).toBeCloseTo(0, 10);
  });

  it('is the same again', () => {
    const explain = prepareExplainer({ schema, parameters, samples });
    expect(explain(samples[7]!)).toEqual(explain(samples[7]!));
  });
});

/** Logistic regression on columns that are not scaled. */
function linearModel(coefficients: readonly (readonly number[])[]): LogisticRegressionParameters {
  const inputSize = coefficients[0]!.length;
  return {
    kind: 'logreg',
    inputSize,
    classCount: coefficients.length,
    scaler: { mean: Array(inputSize).fill(0), scale: Array(inputSize).fill(1) },
    coefficients: coefficients.flat(),
    intercepts: Array(coefficients.length).fill(0),
  };
}

function numericSchema(count: number): DatasetSchema {
  const features = Array.from({ length: count }, (_, index): NumericFeature => {
    const range = { min: 0, max: 1 };
    return { kind: 'numeric', name: `x${index}`, unit: '1', observed: range, plausible: range };
  });
  return { name: 'made-up', description: '', target: 'y', classes: ['no', 'yes'], features };
}

describe('prepareExplainer', () => {
  const samples = [
    [0, 0, 0.3],
    [1, 1, 0.1],
    [0.5, 0.5, 0.9],
  ];

  it('gives a feature that the model does not read exactly nothing, and like features the same', () => {
    const parameters = linearModel([
      [0, 0, 0],
      [2, 2, 0],
    ]);
    const { contributions } = prepareExplainer({ schema: numericSchema(3), parameters, samples })([1, 1, 0]);
    expect(contributions[2]!.every((share) => Math.abs(share) < 1e-15)).toBe(true);
    expect(contributions[0]![1]).toBeCloseTo(contributions[1]![1]!, 12);
    expect(contributions[0]![1]).toBeGreaterThan(0.05);
  });

  it('takes a categorical feature as one, however many columns encode it', () => {
    const schema: DatasetSchema = {
      ...numericSchema(1),
      features: [{ kind: 'categorical', name: 'colour', levels: ['a', 'b'] }],
    };
    const expanded = linearModel([
      [0, 0],
      [0, 3],
    ]);
    const inputs = { levelCounts: [2], fills: [null], indicators: [false] };
    const parameters = { ...expanded, inputSize: 1, inputs };
    const explanation = prepareExplainer({ schema, parameters, samples: [['a'], ['b']] })(['b']);
    const [ofA, ofB] = [0.5, 1 / (1 + Math.exp(-3))];
    expect(explanation.base[1]).toBeCloseTo((ofA + ofB) / 2, 12);
    expect(explanation.contributions).toEqual([[expect.any(Number), expect.closeTo((ofB - ofA) / 2, 12)]]);
  });

  it('explains nothing by what is alike: against itself a sample owes no feature anything', () => {
    const parameters = linearModel([
      [1, 2, 3],
      [3, 2, 1],
    ]);
    const { contributions } = prepareExplainer({ schema: numericSchema(3), parameters, samples: [samples[1]!] })(samples[1]!);
    expect(contributions.flat().every((share) => share === 0)).toBe(true);
  });

  it.each([
    ['rf', 'share', drawForest],
    ['gbt', 'margin', drawBoosting],
    ['logreg', 'margin', drawLinear],
    ['svm', 'margin', drawKernels],
  ] as const)('explains sixty features of %s: then it is the %s that adds up', (_kind, explained, drawModel) => {
    const draw = createDraw(60);
    const schema = mixedSchema(58, 3);
    const samples = drawSamples(schema, 120, draw);
    const explanation = prepareExplainer({ schema, parameters: drawModel(schema, draw), samples })(samples[3]!);
    expect(explanation).toMatchObject({ explained, referenceCount: 100 });
    expect(explanation.contributions).toHaveLength(60);
    expect(explanation.contributions.flat().some((value) => value !== 0)).toBe(true);
  });

  it('explains the probability where all coalitions can be tried', () => {
    const draw = createDraw(6);
    const schema = mixedSchema(3, 3);
    const samples = drawSamples(schema, 120, draw);
    for (const drawModel of [drawForest, drawBoosting, drawLinear, drawKernels]) {
      const explanation = prepareExplainer({ schema, parameters: drawModel(schema, draw), samples })(samples[3]!);
      expect(explanation.explained).toBe('probability');
    }
  });

  it('refuses a model without reference samples', () => {
    const parameters = linearModel([[0], [1]]);
    expect(() => prepareExplainer({ schema: numericSchema(1), parameters, samples: [] })).toThrow(
      expect.objectContaining({ code: 'EXPLANATION_REFERENCES' }),
    );
  });
});

describe('against shap’s exact explainer (scripts/make-references.py)', () => {
  const references = JSON.parse(readFileSync(new URL('./fixtures/iris-references.json', import.meta.url), 'utf8'));

  it('gives the same base and contributions within 1e-12', () => {
    const explain = prepareExplainer({ schema: iris.schema, parameters: references.parameters, samples: samplesOf(iris) });
    const explanations = references.samples.map((sample: Sample) => explain(sample)) as Explanation[];
    expect(explanations).toHaveLength(5);
    for (const [index, { base, contributions, referenceCount }] of explanations.entries()) {
      expect(referenceCount).toBe(100);
      const [actual, expected] = [
        [base, ...contributions].flat(),
        [references.base[index], ...references.contributions[index]].flat(),
      ];
      expect(Math.max(...actual.map((value, at) => Math.abs(value - expected[at])))).toBeLessThan(1e-12);
    }
  });
});

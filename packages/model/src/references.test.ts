/** Against scikit-learn and libsvm on all 150 iris rows; `scripts/make-references.py` wrote the values. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelParameters } from './parameters.ts';
import { parseModel, parseSupportVectorDecisionFunction } from './parse-model.ts';

interface Reference {
  readonly parameters: ModelParameters;
  readonly labels: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

interface References {
  readonly samples: readonly (readonly number[])[];
  readonly logreg: Reference;
  readonly svm: Reference & { readonly decisionValues: readonly (readonly number[])[] };
}

const references = JSON.parse(readFileSync(new URL('./fixtures/iris-references.json', import.meta.url), 'utf8')) as References;

function greatestDifference(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...actual.flatMap((row, index) => row.map((value, column) => Math.abs(value - expected[index]![column]!))));
}

describe.each(['logreg', 'svm'] as const)('%s on the 150 iris rows', (kind) => {
  const { parameters, labels, probabilities } = references[kind];
  const predictions = references.samples.map((sample) => parseModel(parameters).predict(sample));

  it('gives the same labels as the reference', () => {
    expect(predictions.map(({ classIndex }) => classIndex)).toEqual(labels);
    expect(labels).toHaveLength(150);
  });

  it('gives the same probabilities within 1e-12', () => {
    expect(
      greatestDifference(
        predictions.map(({ classProbabilities }) => classProbabilities),
        probabilities,
      ),
    ).toBeLessThan(1e-12);
  });
});

describe('the decision function on the 150 iris rows', () => {
  it('gives libsvm’s decision values within 1e-12', () => {
    const decisionFunction = parseSupportVectorDecisionFunction(references.svm.parameters);
    expect(greatestDifference(references.samples.map(decisionFunction), references.svm.decisionValues)).toBeLessThan(1e-12);
  });

  it('is refused for an algorithm that has none', () => {
    expect(() => parseSupportVectorDecisionFunction(references.logreg.parameters)).toThrow(
      expect.objectContaining({ code: 'MODEL_KIND_UNKNOWN', details: { actual: 'logreg' } }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createServedModel } from '../../models/served-model.ts';
import { irisDocument } from '../../test-app.ts';
import { driftReference, evaluatedOf } from './reference.ts';

const model = (confusionMatrix: number[][]) => {
  const document = irisDocument();
  return createServedModel({ ...document, metrics: { ...document.metrics, confusionMatrix } }, undefined);
};

describe('driftReference', () => {
  it('has the training rows of the model file', () => {
    const { samples, features, target, classes } = driftReference(model([]));
    expect([samples.length, features.length, target, classes.length]).toEqual([150, 4, 'species', 3]);
  });

  it('takes predictions on rows that the evaluation held out, ten rounds for one', () => {
    const counts = driftReference(
      model([
        [500, 0, 0],
        [0, 460, 40],
        [0, 30, 470],
      ]),
    ).predictedCounts;
    expect(counts).toEqual([50, 49, 51]);
    expect(
      driftReference(
        model([
          [30, 0, 0],
          [0, 28, 2],
          [0, 1, 29],
        ]),
      ).predictedCounts,
    ).toEqual([30, 29, 31]);
  });

  it('takes what the model predicts on the training rows where few or none were held out', () => {
    const predicted = driftReference(model([])).predictedCounts;
    expect(predicted).toEqual([50, 54, 46]);
    expect(
      driftReference(
        model([
          [12, 0, 0],
          [0, 11, 1],
          [0, 0, 13],
        ]),
      ).predictedCounts,
    ).toEqual(predicted);
  });
});

describe('evaluatedOf', () => {
  it('has accuracy and confidence where the file has both', () => {
    const evaluated = (metrics: object) => {
      const document = irisDocument();
      return evaluatedOf(createServedModel({ ...document, metrics: { ...document.metrics, ...metrics } }, undefined));
    };
    const accuracy = { mean: 0.95, standardError: null };
    expect(evaluated({ accuracy, confidence: { mean: 0.9, standardError: 0.01 } })).toEqual({ accuracy: 0.95, confidence: 0.9 });
    expect(evaluated({ accuracy })).toBeUndefined();
    expect(evaluated({ confidence: null })).toBeUndefined();
  });
});

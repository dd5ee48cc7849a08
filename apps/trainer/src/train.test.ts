import { samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import type { TrainCommand } from './command-line.ts';
import { pickReference, train } from './train.ts';

const COMMAND: TrainCommand = {
  source: { kind: 'named', name: 'iris' },
  model: 'svm',
  engine: 'iris',
  version: '0.1.0',
  outPath: 'unused.json',
  seed: 3,
  evaluate: 'holdout',
  hyperparameters: { c: 2 },
  requireTracking: false,
};

describe('train', () => {
  it('gives a document of everything but the checksum', async () => {
    const dataset = loadIris();
    const { document, evaluation } = await train(COMMAND, { base: dataset }, () => {});
    expect(document).toMatchObject({
      formatVersion: 2,
      model: 'svm',
      version: '0.1.0',
      dataset: dataset.schema,
      parameters: { kind: 'svm', inputSize: 4, classCount: 3 },
      metrics: evaluation,
      training: { sampleCount: 150, seed: 3, engine: 'iris', options: { c: 2, gamma: expect.closeTo(0.25, 12), tol: 1e-3 } },
    });
    expect(document!.reference.samples).toEqual(samplesOf(dataset));
  });

  it('gives no document below the gate, and one at it', async () => {
    const { document, evaluation } = await train(
      { ...COMMAND, evaluate: 'full', minAccuracy: 1 },
      { base: loadIris() },
      () => {},
    );
    expect(evaluation.accuracy!.mean).toBeLessThan(1);
    expect(document).toBeUndefined();
    const passed = await train(
      { ...COMMAND, evaluate: 'full', minAccuracy: evaluation.accuracy!.mean },
      { base: loadIris() },
      () => {},
    );
    expect(passed.document).toBeDefined();
  });
});

describe('pickReference', () => {
  it('spreads a thousand samples evenly over more', () => {
    const churn = generateChurn({ sampleCount: 2500 });
    const { samples, labels } = pickReference(churn);
    expect(samples).toHaveLength(1000);
    expect([samples[0], samples[1], samples[999]]).toEqual([0, 2, 2497].map((row) => samplesOf(churn)[row]));
    expect(labels[999]).toBe(churn.labels[2497]);
  });
});

import type { Evaluation } from '@iris/training';
import { describe, expect, it } from 'vitest';
import { findObstacle, findWeaknesses } from './gates.ts';

const CLASSES = ['no', 'yes'];

function evaluationOf(confusionMatrix: number[][]): Evaluation {
  const total = confusionMatrix.flat().reduce((sum, count) => sum + count, 0);
  const mean = confusionMatrix.reduce((sum, row, index) => sum + row[index]!, 0) / total;
  const figure = { mean, standardError: null };
  return { method: 'holdout', folds: 1, accuracy: figure, logLoss: figure, brier: figure, confusionMatrix };
}

/** Never says the rare class. */
const BLIND = evaluationOf([
  [297, 0],
  [3, 0],
]);
const GOOD = evaluationOf([
  [290, 7],
  [1, 2],
]);

describe('the gates', () => {
  it('pass a model that is as good as asked for', () => {
    expect(findObstacle({}, BLIND, CLASSES)).toBeUndefined();
    expect(findObstacle({ minAccuracy: 0.9, minRecall: 0.6 }, GOOD, CLASSES)).toBeUndefined();
    const unmeasured = { method: 'none', folds: 0, accuracy: null, logLoss: null, brier: null, confusionMatrix: [] } as const;
    expect(findObstacle({ minAccuracy: 0.9, minRecall: 0.6 }, unmeasured, CLASSES)).toBeUndefined();
  });

  it('name what is not, with the class', () => {
    expect(findObstacle({ minAccuracy: 0.999 }, BLIND, CLASSES)).toBe('accuracy 0.9900 is below --min-accuracy 0.999');
    expect(findObstacle({ minAccuracy: 0.95, minRecall: 0.5 }, BLIND, CLASSES)).toBe(
      'recall 0.0000 of the class "yes" is below --min-recall 0.5',
    );
  });
});

describe('the weaknesses of a model', () => {
  it('are told where it is no better than always saying the greatest class', () => {
    expect(findWeaknesses(BLIND, CLASSES)).toEqual([
      'accuracy 0.9900 is no better than always predicting "no": 0.9900',
      'never recognised: "yes"; --min-recall refuses such a model',
    ]);
    expect(findWeaknesses(GOOD, CLASSES)).toEqual(['accuracy 0.9733 is no better than always predicting "no": 0.9900']);
  });

  it('are none where it is better', () => {
    expect(
      findWeaknesses(
        evaluationOf([
          [290, 7],
          [1, 200],
        ]),
        CLASSES,
      ),
    ).toEqual([]);
  });
});

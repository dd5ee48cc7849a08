import { describe, expect, it } from 'vitest';
import type { Figures, LearningFigures } from './measure.ts';
import { formatPair, judgeLearning, PAIRS } from './report.ts';

const figures = (change: Partial<Figures> = {}): Figures => ({
  accuracy: 0.9,
  logLoss: 0.2,
  seconds: 1,
  predictUs: 10,
  ...change,
});
const learners = (change: Partial<Figures> = {}, boosted: Partial<Figures> = {}) => ({
  rf: figures({ logLoss: 0.15, ...change }),
  RandomForest: figures(),
  gbt: figures({ logLoss: 0.17, ...boosted }),
  HistGradientBoosting: figures(),
  LightGBM: figures(),
  ...linear,
});
const linear = {
  logreg: figures(),
  LogisticRegression: figures(),
  optimum: figures({ gap: 1e-4 }),
  svm: figures(),
  SVC: figures(),
};
const largeForest = { nodes: 402_000, megabytes: 1.1, loadMs: 20, addedMb: 10, singleUs: 18, batchUs: 14 };
const measured = (change: Partial<Figures> = {}, boosted: Partial<Figures> = {}): LearningFigures => ({
  tables: [
    { table: 'spam', isMade: false, learners: learners() },
    { table: 'Glass', isMade: false, learners: learners(change, boosted) },
    { table: 'letters (made)', isMade: true, learners: learners({ accuracy: 0.5 }) },
  ],
  largeForest,
});
const withGlass = (change: Readonly<Record<string, Figures>>): LearningFigures => {
  const all = measured();
  return {
    ...all,
    tables: all.tables.map((one) => (one.table === 'Glass' ? { ...one, learners: { ...one.learners, ...change } } : one)),
  };
};
const missed = (all: LearningFigures) => judgeLearning(all).flatMap(({ what, met }) => (met ? [] : [what]));

describe('the bars of learning', () => {
  it('are met by figures within them, whatever a made table says of accuracy', () => {
    expect(missed(measured())).toEqual([]);
    expect(judgeLearning(measured())).toHaveLength(20);
  });

  it.each([
    ['a table that is a little worse', measured({ accuracy: 0.895 }), ['rf: accuracy − scikit-learn’s, points, mean']],
    [
      'a loss that is greater on one table',
      measured({ logLoss: 0.23 }),
      ['rf: log-loss ÷ scikit-learn’s, geometric mean', 'rf: on the worst table'],
    ],
    [
      'a fit that takes long on one table',
      measured({ seconds: 1.7 }),
      ['rf: time of a fit ÷ scikit-learn’s, geometric mean', 'rf: on the worst table'],
    ],
    ['boosting that is worse', measured({}, { accuracy: 0.89 }), ['gbt: accuracy − HistGradientBoosting’s, points, mean']],
    [
      'a regression that stops early and takes long on one table',
      withGlass({ optimum: figures({ gap: 0.002 }), logreg: figures({ seconds: 2.1 }) }),
      [
        'logreg: greatest distance of a probability from the optimum',
        'logreg: time of a fit ÷ scikit-learn’s, on the worst table',
      ],
    ],
    [
      'a support vector machine that is worse and takes long on one table',
      withGlass({ svm: figures({ accuracy: 0.89, seconds: 2.6 }) }),
      ['svm: accuracy − scikit-learn’s, points, mean', 'svm: time of a fit ÷ scikit-learn’s, on the worst table'],
    ],
  ])('name %s', (_, all, expected) => {
    expect(missed(all)).toEqual(expected);
  });

  it('come with a table for each comparison', () => {
    const lines = formatPair(measured({ accuracy: 0.905 }), PAIRS[0]!).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toBe('| Glass | 0.905 : 0.900 | 0.50 | 0.150 : 0.200 | 0.75 | 1.00 : 1.00 | 1.00 | 10 : 10 |');
  });
});

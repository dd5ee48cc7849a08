import { selectRows } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { trainingRows } from '@iris/training';
import { describe, expect, it } from 'vitest';
import { type ComparisonRequest, compareModels, MAX_SVM_ROWS } from './compare-models.ts';
import { formatComparison } from './format-comparison.ts';

const CHURN = generateChurn();

/** A clock that goes on by a second whenever somebody looks. */
function tickingClock(): () => number {
  let seconds = 0;
  return () => 1000 * seconds++;
}

function requestOf(change: Partial<ComparisonRequest> = {}): ComparisonRequest {
  return {
    rows: trainingRows(CHURN),
    beside: undefined,
    method: 'holdout',
    seed: 7,
    options: {},
    kinds: ['rf', 'gbt', 'logreg'],
    now: tickingClock(),
    onProgress: () => undefined,
    ...change,
  };
}

describe('compareModels', () => {
  it('measures all on the same folds, the baseline among them, and chooses one with a reason', async () => {
    const { comparison, chosen, measurement } = await compareModels(requestOf());
    expect(comparison.models.map(({ model }) => model)).toEqual(['majority', 'logreg', 'rf', 'gbt']);
    const [majority, ...models] = comparison.models;
    expect(majority).toMatchObject({ balancedAccuracy: { mean: 0.5 }, recall: [1, 0], precision: [expect.any(Number), null] });
    for (const { logLoss, rocAuc } of models) {
      expect(logLoss.mean).toBeLessThan(majority!.logLoss.mean);
      expect(rocAuc!.mean).toBeGreaterThan(0.8);
    }
    expect(chosen).toBe('logreg');
    expect(comparison.reason).toContain('logreg');
    expect(measurement.evaluation.logLoss).toEqual(models[0]!.logLoss);
  });

  it('says what each costs and who goes on', async () => {
    const seen: string[] = [];
    await compareModels(requestOf({ onProgress: (model) => void seen.push(model) }));
    expect(seen).toEqual(['logreg', 'rf', 'gbt']);
  });

  it('leaves out what does not end in time, and takes what did', async () => {
    const full = await compareModels(requestOf({ kinds: ['logreg'] }));
    expect(full.comparison.leftOut).toEqual([]);
    const now = tickingClock();
    let isLate = false;
    const { comparison, chosen } = await compareModels(
      requestOf({
        now: () => (isLate ? 1e9 : now()),
        deadline: 1e8,
        onProgress() {
          isLate = true;
        },
      }),
    );
    expect(chosen).toBe('logreg');
    expect(comparison.leftOut.map(({ model }) => model)).toEqual(['rf', 'gbt']);
    expect(comparison.leftOut[0]!.reason).toBe('the time that --max-minutes gives was over');
    await expect(compareModels(requestOf({ now: () => 2, deadline: 1 }))).rejects.toThrow('no algorithm ended in the time');
  });

  it('leaves out the support vector machine where its time would be hours', async () => {
    const many = selectRows(
      CHURN,
      Array.from({ length: MAX_SVM_ROWS + 1 }, (_, row) => row % CHURN.labels.length),
    );
    const { comparison } = await compareModels(requestOf({ rows: trainingRows(many), kinds: ['svm', 'logreg'] }));
    expect(comparison.leftOut).toEqual([{ model: 'svm', reason: expect.stringContaining('there are 20001') }]);
  });

  it('is written as a table, the best first and the baseline last', async () => {
    const { comparison } = await compareModels(requestOf());
    const lines = formatComparison(comparison).split('\n');
    expect(lines[0]).toMatch(/accuracy +balanced +AUC +log-loss +Brier +calibration +seconds$/);
    expect(lines[1]).toMatch(/^ {2}logreg +0\.\d{4} ± 0\.0\d{3} /);
    expect(lines[4]).toMatch(/^ {2}majority /);
    expect(lines[6]).toBe(comparison.reason);
  });
});

import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { createServedModel } from '../../models/served-model.ts';
import { createTestApp, irisDocument, NOW } from '../../test-app.ts';
import { measureDrift } from './measure.ts';
import { presentDrift } from './present.ts';

const samples = samplesOf(loadIris());
const model = createServedModel(irisDocument(), undefined);
const query = { from: new Date(0), to: new Date(NOW.getTime() + 1) };

async function logged() {
  const { app, log } = await createTestApp();
  const instances = samples.map((features, index) => ({ features, request_id: `r-${index}` }));
  await app.inject({ method: 'POST', url: '/predict/batch', payload: { instances } });
  await log!.writer.flush();
  await app.inject({ method: 'POST', url: '/feedback', payload: { request_id: 'r-0', label: 'setosa' } });
  await app.inject({ method: 'POST', url: '/feedback', payload: { request_id: 'r-1', label: 'virginica' } });
  await app.close();
  return log!.store;
}

describe('measureDrift', () => {
  it('compares the log with the model, and accuracy to expect with feedback', async () => {
    const seen: number[] = [];
    const measurement = await measureDrift(model, await logged(), query, { onRows: (rows) => seen.push(rows) });
    expect(seen.at(-1)).toBe(150);
    expect(measurement.report).toMatchObject({ verdict: 'none', rows: 150 });
    expect(measurement.feedback).toEqual({ judged: 2, correct: 1 });
    expect(measurement.estimate).toMatchObject({ rows: 150, accuracy: 1 });
  });

  it('has no feedback for one model alone, and none for another version', async () => {
    const store = await logged();
    expect((await measureDrift(model, store, { ...query, model: 'rf' })).feedback).toBeNull();
    const other = await measureDrift(model, store, { ...query, version: '9' });
    expect(other).toMatchObject({
      report: { verdict: 'too few', rows: 0 },
      feedback: { judged: 0, correct: 0 },
      estimate: { accuracy: null },
    });
  });
});

describe('presentDrift', () => {
  it('names things as Evidently does, and tells statistic, p and effect apart', async () => {
    const shown = presentDrift(await measureDrift(model, await logged(), query));
    expect(shown).toMatchObject({
      verdict: 'none',
      dataset_drift: false,
      number_of_columns: 5,
      number_of_drifted_columns: 0,
      share_of_drifted_columns: 0,
      accuracy: { estimated: 1, estimated_rows: 150, judged: 2, correct: 1, actual: { estimate: 0.5 } },
    });
    expect(Object.keys(shown.drift_by_columns)).toEqual([
      'sepal_length',
      'sepal_width',
      'petal_length',
      'petal_width',
      'species',
    ]);
    expect(shown.drift_by_columns.sepal_length).toEqual({
      column_name: 'sepal_length',
      column_role: 'feature',
      column_type: 'num',
      stattest_name: 'ks',
      stattest_threshold: 0.05,
      statistic: 0,
      drift_score: 1,
      p_adjusted: 1,
      effect_name: 'wasserstein',
      effect: 0,
      effect_error: 0,
      missing_share: 0,
      n_reference: 150,
      n_current: 150,
      drift_detected: false,
      verdict: 'none',
    });
  });
});

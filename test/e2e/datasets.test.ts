import { join } from 'node:path';
import type { DatasetSchema, Sample } from '@iris/dataset';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';

const running: ApiProcess[] = [];
afterAll(() => Promise.all(running.map((api) => api.terminate())));

async function serve(file: string): Promise<ApiProcess> {
  const api = await startApiProcess({ MODEL_FILE: join(inject('models'), file) });
  running.push(api);
  return api;
}

describe('L6-1: churn, served by the same program', () => {
  it('predicts from the source’s fields, its request_id among them', async () => {
    const api = await serve('churn-logreg.json');
    const customer = { tenure_months: 48, num_complaints: 0, avg_session_minutes: 60, plan_type: 'premium', region: 'EU' };
    const safe = await api.send('/predict', { ...customer, request_id: 'req-safe' });
    expect(safe).toMatchObject({ prediction: 'no', request_id: 'req-safe', version: '1.0.0' });
    const leaving = await api.send('/predict', { ...customer, tenure_months: 2, num_complaints: 6, plan_type: 'basic' });
    expect(leaving).toMatchObject({ prediction: 'yes' });
  });

  it('refuses a level that it does not know, and says which there are', async () => {
    const api = await serve('churn-logreg.json');
    const response = await api.post('/predict', { features: [48, 0, 60, 'platinum', 'EU'] });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ pointer: '/features/3', detail: 'must be one of basic, standard, premium' }],
    });
  });
});

describe('a third dataset, from a CSV file and a schema alone', () => {
  it('is served with four classes and mixed features, and documented', async () => {
    const api = await serve('third-rf.json');
    const { dataset } = await api.read<{ dataset: DatasetSchema }>('/model');
    expect([dataset.name, dataset.classes.length, dataset.features.length]).toEqual(['soil', 4, 5]);
    const { samples, labels } = await api.read<{ samples: Sample[]; labels: string[] }>('/samples');
    const instances = samples.map((features) => ({ features }));
    const { predictions } = await api.send<{ predictions: { prediction: string }[] }>('/predict/batch', { instances });
    const right = predictions.filter(({ prediction }, index) => prediction === labels[index]);
    expect(right.length / labels.length).toBeGreaterThan(0.9);
    expect(JSON.stringify(await api.read('/openapi.json'))).toContain('"enum":["pale","brown","grey","black"]');
  });
});

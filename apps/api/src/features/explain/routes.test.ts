import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA, type TestApp, VIRGINICA } from '../../test-app.ts';
import type { ExplainedAnswer } from './schema.ts';
import { slowDocument } from './test-documents.ts';

const started: TestApp[] = [];
async function start(options: Parameters<typeof createTestApp>[0] = {}): Promise<TestApp> {
  const testApp = await createTestApp(options);
  started.push(testApp);
  return testApp;
}
afterAll(() => Promise.all(started.flatMap(({ app, dependencies }) => [app.close(), dependencies.explanations.close()])));

const post = ({ app }: TestApp, url: string, payload: object) => app.inject({ method: 'POST', url, payload });
const iris = await start();

describe('POST /explain', () => {
  it('answers the prediction with what each feature adds to each class', async () => {
    const response = await post(iris, '/explain', VIRGINICA);
    expect(response.statusCode).toBe(200);
    const { base, contributions, ...prediction } = response.json() as ExplainedAnswer;
    expect(prediction).toEqual({
      prediction: 'virginica',
      class_index: 2,
      probabilities: { setosa: 0, versicolor: 0, virginica: 1 },
      model: 'rf',
      version: '0.1.0',
      reference_samples: 100,
    });
    expect(contributions.map(({ feature, value }) => [feature, value])).toEqual(Object.entries(VIRGINICA));
    // The tree reads the petal only.
    expect(contributions.slice(0, 2).flatMap((row) => Object.values(row.contributions))).toEqual(Array(6).fill(0));
    for (const name of loadIris().schema.classes) {
      const sum = contributions.reduce((total, row) => total + row.contributions[name]!, base[name]!);
      expect(sum).toBeCloseTo(prediction.probabilities[name]!, 12);
    }
  });

  it('takes what /predict takes, warns as it does, and refuses what it refuses', async () => {
    const ordered = await post(iris, '/explain', { features: Object.values(VIRGINICA) });
    expect(ordered.json()).toEqual((await post(iris, '/explain', VIRGINICA)).json());
    const outside = { ...VIRGINICA, petal_length: 9 };
    expect((await post(iris, '/explain', outside)).json().warnings).toEqual(
      (await post(iris, '/predict', outside)).json().warnings,
    );
    for (const bad of [{}, { ...SETOSA, petal_width: 'wide' }, { features: [1, 2, 3] }, { ...SETOSA, petal_width: 900 }]) {
      const [explained, predicted] = [await post(iris, '/explain', bad), await post(iris, '/predict', bad)];
      expect([explained.statusCode, explained.json()]).toEqual([422, predicted.json()]);
    }
  });

  it('is no prediction: neither logged nor counted as one', async () => {
    const testApp = await start();
    await post(testApp, '/explain', { ...SETOSA, request_id: 'why' });
    await testApp.log?.writer.flush();
    expect((await testApp.log!.store.list({ limit: 10 })).predictions).toEqual([]);
    const metrics = (await testApp.app.inject('/metrics')).body;
    expect(metrics).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/explain"[^}]*\} 1/);
    expect(metrics).not.toMatch(/^predictions_total\{.*\} [1-9]/m);
  });

  it('explains the model of the moment', async () => {
    const testApp = await start();
    expect((await post(testApp, '/explain', SETOSA)).json().version).toBe('0.1.0');
    const iris = loadIris();
    testApp.exchange(
      irisDocument({
        version: '0.2.0',
        reference: { samples: samplesOf(iris).slice(0, 50), labels: [...iris.labels.slice(0, 50)] },
      }),
    );
    const answer = (await post(testApp, '/explain', SETOSA)).json();
    expect([answer.version, answer.base, answer.reference_samples]).toEqual([
      '0.2.0',
      { setosa: 1, versicolor: 0, virginica: 0 },
      50,
    ]);
  });

  it('asks for the key where there is one', async () => {
    const locked = await start({ environment: { API_KEY: 'supersecretkey123' } });
    expect((await post(locked, '/explain', SETOSA)).json()).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('refuses more than twelve features, and a model without reference samples', async () => {
    const wide = await start({ document: slowDocument(13) });
    const instance = { features: Array(13).fill(0.5) };
    expect((await post(wide, '/predict', instance)).statusCode).toBe(200);
    expect((await post(wide, '/explain', instance)).json()).toMatchObject({ status: 422, code: 'EXPLANATION_FEATURES' });
    const bare = await start({ document: irisDocument({ reference: { samples: [], labels: [] } }) });
    expect((await post(bare, '/explain', SETOSA)).json()).toMatchObject({ status: 422, code: 'EXPLANATION_REFERENCES' });
  });

  it('holds up no prediction: many are answered while twelve features are explained', async () => {
    const slow = await start({ document: slowDocument() });
    const instance = { features: Array(12).fill(0.5) };
    await post(slow, '/predict', instance);
    let explained = false;
    const explaining = post(slow, '/explain', instance).finally(() => {
      explained = true;
    });
    let answered = 0;
    for (; !explained; answered++) expect((await post(slow, '/predict', instance)).statusCode).toBe(200);
    expect((await explaining).json()).toMatchObject({ reference_samples: 100 });
    expect(answered).toBeGreaterThan(50);
  });
});

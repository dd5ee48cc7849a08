import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA, type TestApp, VIRGINICA } from '../../test-app.ts';
import type { ExplainedAnswer } from './schema.ts';
import { SLOW_SAMPLE, slowDocument } from './test-documents.ts';

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
    const { base, contributions, total, ...prediction } = response.json() as ExplainedAnswer;
    expect(total).toEqual(prediction.probabilities);
    expect(prediction).toEqual({
      explained: 'probability',
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

  it('refuses a model without reference samples', async () => {
    const bare = await start({ document: irisDocument({ reference: { samples: [], labels: [] } }) });
    expect((await post(bare, '/explain', SETOSA)).json()).toMatchObject({ status: 422, code: 'EXPLANATION_REFERENCES' });
  });

  it('explains the shares of votes where not all coalitions of features can be tried, and says so', async () => {
    const { explained, total, base, contributions, probabilities } = await explainSlow(await start({ document: slowDocument() }));
    expect(explained).toBe('share');
    // Ten of sixteen trees say yes, and so does half of the prior; a temperature of a half squares the shares.
    const yes = 10.5 / 17;
    expect(total.yes).toBeCloseTo(yes, 10);
    expect(probabilities.yes).toBeCloseTo(yes ** 2 / (yes ** 2 + (1 - yes) ** 2), 10);
    expect(contributions.every((row) => row.contributions.yes! > 0)).toBe(true);
    for (const label of ['no', 'yes']) {
      expect(contributions.reduce((sum, row) => sum + row.contributions[label]!, base[label]!)).toBeCloseTo(total[label]!, 12);
    }
  });

  it('estimates the probability of such a model on request, and says how well', async () => {
    const slow = await start({ document: slowDocument() });
    const response = await post(slow, '/explain?explained=probability', { features: SLOW_SAMPLE });
    const { explained, total, base, contributions, probabilities } = response.json() as ExplainedAnswer;
    expect(explained).toBe('probability');
    for (const label of ['no', 'yes']) {
      expect(total[label]).toBeCloseTo(probabilities[label]!, 12);
      expect(contributions.reduce((sum, row) => sum + row.contributions[label]!, base[label]!)).toBeCloseTo(total[label]!, 12);
    }
    expect(contributions.every(({ errors }) => errors!.no! > 0 && errors!.yes! > 0)).toBe(true);
  });

  it('has no errors where it is exact, asked or not, and takes no other wish', async () => {
    const asked = await post(iris, '/explain?explained=probability', VIRGINICA);
    expect(asked.json()).toEqual((await post(iris, '/explain', VIRGINICA)).json());
    expect(asked.body).not.toContain('errors');
    expect((await post(iris, '/explain?explained=margin', VIRGINICA)).json()).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('explains a missing value as one', async () => {
    const slow = await start({ document: slowDocument() });
    const { contributions } = (await post(slow, '/explain', { features: SLOW_SAMPLE.with(0, null) })).json() as ExplainedAnswer;
    expect(contributions.map(({ value }) => value)).toEqual([null, ...SLOW_SAMPLE.slice(1)]);
  });

  it('holds up no prediction: many are answered while a large model is explained', async () => {
    const slow = await start({ document: slowDocument() });
    await post(slow, '/predict', { features: SLOW_SAMPLE });
    let explained = false;
    const explaining = explainSlow(slow).finally(() => {
      explained = true;
    });
    let answered = 0;
    for (; !explained; answered++) {
      expect((await post(slow, '/predict', { features: SLOW_SAMPLE })).statusCode).toBe(200);
    }
    expect(await explaining).toMatchObject({ reference_samples: 100 });
    expect(answered).toBeGreaterThan(50);
  });
});

async function explainSlow(testApp: TestApp): Promise<ExplainedAnswer> {
  return (await post(testApp, '/explain', { features: SLOW_SAMPLE })).json();
}

import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { PredictionLogError, type PredictionStore } from '@iris/prediction-log';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, irisDocument, NOW, type TestApp } from '../../test-app.ts';

const samples = samplesOf(loadIris());
let service: TestApp;
let time = 0;
let started: TestApp[] = [];
afterEach(async () => {
  await Promise.all(started.map(({ app }) => app.close()));
  started = [];
});

async function start(environment: Readonly<Record<string, string>> = {}, withLog = true): Promise<TestApp> {
  // A millisecond later each time: a span ends before now.
  time = NOW.getTime();
  service = await createTestApp({ environment, withLog, now: () => new Date(time++) });
  started.push(service);
  return service;
}

function later(ms: number): void {
  time += ms;
}

/** Predictions that are in the log when this resolves; each value of the second feature shifted. */
async function predict(shift = 0): Promise<void> {
  const instances = samples.map(([length, width, ...petal]) => ({ features: [length, Number(width) + shift, ...petal] }));
  await service.app.inject({ method: 'POST', url: '/predict/batch', payload: { instances } });
  await service.log!.writer.flush();
}

const ask = (query = '') => service.app.inject(`/drift${query}`);
const metric = async (name: string) => {
  const { body } = await service.app.inject('/metrics');
  return body.split('\n').filter((line) => line.startsWith(`${name}{`));
};

describe('GET /drift', () => {
  it('says too few, none, and which column drifts', async () => {
    await start();
    expect((await ask()).json()).toMatchObject({
      verdict: 'too few',
      rows: 0,
      drift_by_columns: { species: { p_adjusted: null } },
    });
    await start();
    await predict();
    expect((await ask('?last=1h')).json()).toMatchObject({
      verdict: 'none',
      rows: 150,
      accuracy: { estimated: 1, judged: 0, actual: null },
    });
    await start();
    await predict(1);
    const answer = (await ask('?last=7d')).json();
    expect(answer).toMatchObject({ verdict: 'drift', dataset_drift: true, number_of_drifted_columns: 1 });
    expect(answer.drift_by_columns.sepal_width).toMatchObject({ stattest_name: 'ks', drift_detected: true, n_current: 150 });
    expect(answer.drift_by_columns.sepal_length.drift_detected).toBe(false);
  });

  it('measures once for all who ask at once, and for a while; anew for another model and another span', async () => {
    await start();
    await predict();
    const scan = vi.spyOn(service.log!.store, 'scan');
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    await ask('?last=24h');
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(scan).toHaveBeenCalledTimes(1);
    await ask('?last=7d');
    expect(scan).toHaveBeenCalledTimes(2);
    service.exchange(irisDocument({ version: '0.2.0' }));
    await ask();
    expect(scan).toHaveBeenCalledTimes(3);
  });

  it('measures one after the other, however many spans are asked for', async () => {
    await start();
    await predict();
    let [running, most] = [0, 0];
    const { scan } = service.log!.store;
    vi.spyOn(service.log!.store, 'scan').mockImplementation(async function* slowly(query) {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      yield* scan(query);
      running--;
    });
    await Promise.all(['1h', '6h', '24h', '7d'].map((last) => ask(`?last=${last}`)));
    expect(most).toBe(1);
  });

  it('begins none for those who ask while a slow one runs, however long it takes', async () => {
    await start();
    await predict();
    const { store } = service.log!;
    const { scan } = store;
    const opened = Promise.withResolvers<void>();
    const slow = vi.spyOn(store, 'scan').mockImplementation(async function* slowly(query) {
      await opened.promise;
      yield* scan(query);
    });
    const first = ask();
    await expect.poll(() => slow.mock.calls.length).toBe(1);
    later(60_000);
    const second = ask();
    await new Promise((resolve) => setImmediate(resolve));
    opened.resolve();
    expect((await first).body).toBe((await second).body);
    expect(slow).toHaveBeenCalledTimes(1);
    later(60_000);
    await ask();
    expect(slow).toHaveBeenCalledTimes(2);
  });

  it('keeps nobody waiting for more than 5 s: 503, and the same measurement for those who ask later', async () => {
    await start();
    await predict();
    const { store } = service.log!;
    const { scan } = store;
    const opened = Promise.withResolvers<void>();
    const slow = vi.spyOn(store, 'scan').mockImplementation(async function* slowly(query) {
      await opened.promise;
      yield* scan(query);
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers = [ask(), ask()];
    await expect.poll(() => vi.getTimerCount()).toBe(2);
    vi.advanceTimersByTime(5000);
    vi.useRealTimers();
    for (const answer of await Promise.all(answers)) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'DRIFT_TIMEOUT' });
      expect(answer.headers['retry-after']).toBe('1');
    }
    const later = ask();
    opened.resolve();
    expect((await later).json()).toMatchObject({ verdict: 'none' });
    expect(slow).toHaveBeenCalledTimes(1);
  });

  it('has the distributions of as many columns as asked for, those that alarm first', async () => {
    await start();
    await predict(1);
    const distributions = async (count: string) => {
      const { drift_by_columns } = (await ask(`?distributions=${count}`)).json();
      return Object.values<{ column_name: string; distribution?: object }>(drift_by_columns).flatMap(
        ({ distribution, ...own }) => (distribution ? [[own.column_name, distribution] as const] : []),
      );
    };
    expect(await distributions('0')).toEqual([]);
    const [[name, shown] = []] = await distributions('1');
    expect(name).toBe('sepal_width');
    expect(shown).toMatchObject({ edges: [2, 2.2, 2.4, 2.6, 2.8, 3, 3.2, 3.4, 3.6, 3.8, 4, 4.2, 4.4, 4.6] });
    const { reference, current } = shown as { reference: number[]; current: number[] };
    expect([reference.length, current.length]).toEqual([15, 15]);
    expect([reference.at(-1), current.at(-1)]).toEqual([0, expect.closeTo(19 / 150, 4)]);
    const all = await distributions('100');
    expect(all).toHaveLength(5);
    expect(all.at(-1)).toEqual([
      'species',
      { categories: ['setosa', 'versicolor', 'virginica'], reference: expect.any(Array), current: expect.any(Array) },
    ]);
    expect((await ask('?distributions=101')).json()).toMatchObject({ status: 422 });
  });

  it('is 503 while the log cannot be read, and tries again for the next who asks', async () => {
    await start();
    await predict();
    const failing: PredictionStore['scan'] = () => {
      throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'away');
    };
    vi.spyOn(service.log!.store, 'scan').mockImplementationOnce(failing);
    expect((await ask()).json()).toMatchObject({ status: 503, code: 'LOG_UNAVAILABLE' });
    expect((await ask()).json()).toMatchObject({ verdict: 'none' });
  });

  it('refuses a span that is none, asks for the key, and says how to get a log', async () => {
    await start();
    expect((await ask('?last=1y')).json()).toMatchObject({ status: 422, errors: [{ pointer: '/last' }] });
    await start({ API_KEY: 'a-secret' });
    expect((await ask()).statusCode).toBe(401);
    await start({}, false);
    expect((await ask()).json()).toMatchObject({ status: 404, code: 'LOG_NOT_CONFIGURED' });
    expect(await metric('drift_detected')).toEqual([]);
  });
});

describe('GET /metrics', () => {
  it('has the figures of each column that can be told, a scrape after they were measured', async () => {
    await start();
    await predict(1);
    expect(await metric('drift_detected')).toEqual([]);
    await expect.poll(() => metric('drift_detected')).toHaveLength(5);
    expect(await metric('drift_detected')).toEqual([
      'drift_detected{column="sepal_length"} 0',
      'drift_detected{column="sepal_width"} 1',
      'drift_detected{column="petal_length"} 0',
      'drift_detected{column="petal_width"} 0',
      'drift_detected{column="species"} 0',
    ]);
    expect(await metric('drift_p_adjusted')).toContain('drift_p_adjusted{column="sepal_length"} 1');
    expect(await metric('drift_statistic')).toContain('drift_statistic{column="sepal_length"} 0');
    expect(Number((await metric('drift_effect'))[1]!.split(' ')[1])).toBeCloseTo(1 / 0.4344, 3);
  });

  it('has none while there are too few', async () => {
    await start();
    await metric('drift_detected');
    await ask();
    expect(await metric('drift_detected')).toEqual([]);
  });
});

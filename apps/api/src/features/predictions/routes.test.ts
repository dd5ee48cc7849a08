import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, NOW, SETOSA, VIRGINICA } from '../../test-app.ts';

const { app, log } = await createTestApp();
afterAll(() => app.close());
const json = async (url: string) => (await app.inject(url)).json();
const feedback = (payload: object) => app.inject({ method: 'POST', url: '/feedback', payload });

for (const [index, sample] of [SETOSA, VIRGINICA, SETOSA, SETOSA].entries()) {
  await app.inject({ method: 'POST', url: '/predict', payload: { ...sample, request_id: `r-${index}` } });
}
await log?.writer.flush();

describe('GET /predictions', () => {
  it('lists what was predicted, newest first', async () => {
    const { predictions, next_cursor } = await json('/predictions');
    expect(predictions.map((row: { request_id: string }) => row.request_id)).toEqual(['r-3', 'r-2', 'r-1', 'r-0']);
    expect(next_cursor).toBeNull();
    expect(predictions[2]).toMatchObject({
      prediction: 'virginica',
      features: VIRGINICA,
      created_at: NOW.toISOString(),
      version: '0.1.0',
      feedback: null,
    });
  });

  it('goes through pages without a gap or a repeat', async () => {
    const first = await json('/predictions?limit=3');
    const second = await json(`/predictions?limit=3&cursor=${encodeURIComponent(first.next_cursor)}`);
    expect([...first.predictions, ...second.predictions].map(({ request_id }) => request_id)).toEqual([
      'r-3',
      'r-2',
      'r-1',
      'r-0',
    ]);
    expect(second.next_cursor).toBeNull();
  });

  it('filters by class and version', async () => {
    expect((await json('/predictions?prediction=virginica')).predictions).toHaveLength(1);
    expect((await json('/predictions?version=0.1.0')).predictions).toHaveLength(4);
    expect((await json('/predictions?version=9')).predictions).toEqual([]);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'limit=-1', 'cursor=nonsense', 'page=2'])('refuses ?%s', async (query) => {
    expect((await app.inject(`/predictions?${query}`)).statusCode).toBe(422);
  });
});

describe('POST /feedback and GET /predictions/stats', () => {
  it('tells live accuracy by version with a Wilson interval, and counts by class', async () => {
    for (const [request_id, label] of [
      ['r-0', 'setosa'],
      ['r-1', 'versicolor'],
      ['r-2', 'setosa'],
    ] as const) {
      expect((await feedback({ request_id, label })).json()).toEqual({ request_id, label });
    }
    const stats = await json('/predictions/stats?to=2026-01-03');
    expect(stats).toMatchObject({ predictions: 4, by_class: { setosa: 3, virginica: 1 } });
    expect(stats.by_version).toEqual([
      {
        version: '0.1.0',
        predictions: 4,
        by_class: { setosa: 3, virginica: 1 },
        judged: 3,
        correct: 2,
        accuracy: { estimate: 2 / 3, low: expect.closeTo(0.2077, 3), high: expect.closeTo(0.9385, 3) },
      },
    ]);
  });

  it('tells live accuracy over time by pieces, the newest last', async () => {
    const { periods, ...span } = await json('/predictions/timeline?last=6h');
    expect(span).toEqual({ from: '2026-01-01T21:15:00.000Z', to: '2026-01-02T03:15:00.000Z', period_seconds: 900 });
    expect(periods).toHaveLength(24);
    expect(periods.at(-1)).toMatchObject({
      start: '2026-01-02T03:00:00.000Z',
      predictions: 4,
      judged: 3,
      correct: 2,
      accuracy: { estimate: 2 / 3 },
      by_version: [{ version: '0.1.0', predictions: 4, judged: 3, correct: 2 }],
    });
    expect((await app.inject('/predictions/timeline?last=2y')).statusCode).toBe(422);
  });

  it('judges a prediction once: the same label again is fine, another is 409 unless it is to replace the first', async () => {
    await app.inject({ method: 'POST', url: '/predict', payload: { ...SETOSA, request_id: 'once' } });
    const tell = async (label: string, more = {}) => {
      const response = await feedback({ request_id: 'once', label, ...more });
      return [response.statusCode, response.json().code ?? response.json().label];
    };
    expect(await tell('setosa')).toEqual([200, 'setosa']);
    expect(await tell('setosa')).toEqual([200, 'setosa']);
    expect(await tell('virginica')).toEqual([409, 'FEEDBACK_GIVEN']);
    expect(await tell('virginica', { replace: true })).toEqual([200, 'virginica']);
  });

  it('judges no prediction by a request_id that several have, and says what to send', async () => {
    for (const sample of [SETOSA, VIRGINICA]) {
      await app.inject({ method: 'POST', url: '/predict', payload: { ...sample, request_id: 'both' } });
    }
    for (const replace of [false, true]) {
      const answer = (await feedback({ request_id: 'both', label: 'setosa', replace })).json();
      expect(answer).toMatchObject({
        status: 409,
        code: 'REQUEST_ID_AMBIGUOUS',
        detail: expect.stringContaining('Send another one with each'),
      });
    }
    const { predictions } = await json('/predictions?limit=2');
    expect(predictions.map((row: { feedback: unknown }) => row.feedback)).toEqual([null, null]);
  });

  it('keeps from which place it was told, as a pseudonym', async () => {
    const tell = (request_id: string, remoteAddress: string) =>
      app.inject({ method: 'POST', url: '/feedback', payload: { request_id, label: 'setosa' }, remoteAddress });
    const places = { 'of-one': '192.0.2.7', 'of-the-same': '192.0.2.7', 'of-another': '192.0.2.8' };
    for (const [request_id, address] of Object.entries(places)) {
      await app.inject({ method: 'POST', url: '/predict', payload: { ...SETOSA, request_id } });
      expect((await tell(request_id, address)).statusCode).toBe(200);
    }
    const sources: (string | null)[] = [];
    for await (const part of log!.store.scanFeedback({ from: new Date(0), to: new Date('2100-01-01') })) {
      sources.push(...part.map(({ source }) => source));
    }
    const [one, same, other] = sources.slice(-3);
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('finds a prediction that still waits in memory', async () => {
    await app.inject({ method: 'POST', url: '/predict', payload: { ...SETOSA, request_id: 'just-now' } });
    expect((await feedback({ request_id: 'just-now', label: 'setosa' })).statusCode).toBe(200);
  });

  it('counts the last day unless asked otherwise, and nothing outside the span', async () => {
    expect((await json('/predictions/stats')).from).toBe(new Date(NOW.getTime() - 86_400_000).toISOString());
    expect((await json('/predictions/stats?from=2025-01-01&to=2025-02-01')).predictions).toBe(0);
  });

  it.each([
    ['an unknown id', { request_id: 'nobody', label: 'setosa' }, 404],
    ['a class that is none', { request_id: 'r-0', label: 'rose' }, 422],
    ['no label', { request_id: 'r-0' }, 422],
  ])('refuses feedback with %s', async (_case, body, status) => {
    expect((await feedback(body)).statusCode).toBe(status);
  });

  it.each([
    ['from=2026-01-03&to=2026-01-02', '/from'],
    ['from=yesterday', '/from'],
    ['from=2026-99-99', '/from'],
    ['from=2026-02-30', '/from'],
    ['from=2026-01-01&to=2026-02-30T00:00:00Z', '/to'],
  ])('refuses the span %s and points to %s', async (query, pointer) => {
    const response = await app.inject(`/predictions/stats?${query}`);
    expect([response.statusCode, response.json().errors.map((fault: { pointer: string }) => fault.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });
});

describe('without a log', () => {
  it('reading and feedback are 404 and say how to get one', async () => {
    const { app: bare } = await createTestApp({ withLog: false });
    for (const url of ['/predictions', '/predictions/stats']) {
      expect((await bare.inject(url)).json()).toMatchObject({
        status: 404,
        code: 'LOG_NOT_CONFIGURED',
        detail: expect.stringContaining('DATABASE_URL'),
      });
    }
    expect((await bare.inject({ method: 'POST', url: '/predict', payload: SETOSA })).statusCode).toBe(200);
    await bare.close();
  });
});

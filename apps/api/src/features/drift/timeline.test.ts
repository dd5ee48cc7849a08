import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { PredictionLogError } from '@iris/prediction-log';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, irisDocument, NOW, type TestApp } from '../../test-app.ts';

const HOUR_MS = 3_600_000;
const samples = samplesOf(loadIris());
let service: TestApp;
let time: number;
beforeEach(async () => {
  time = NOW.getTime();
  service = await createTestApp({ now: () => new Date(time) });
});
afterEach(() => service.app.close());

/** Flowers that are in the log when this resolves, the second feature of each shifted. */
async function predict(count: number, shift = 0): Promise<void> {
  const instances = samples.slice(0, count).map(([length, width, ...petal]) => {
    return { features: [length, Number(width) + shift, ...petal] };
  });
  await service.app.inject({ method: 'POST', url: '/predict/batch', payload: { instances } });
  await service.log!.writer.flush();
}

interface Timeline {
  readonly periods: readonly {
    readonly verdict: string;
    readonly predictions: number;
    readonly share_of_drifted_columns: number;
  }[];
}

async function ask(query = ''): Promise<Timeline> {
  // Past the time for which an answer is kept.
  time += 20_000;
  return (await service.app.inject(`/drift/timeline${query}`)).json();
}

describe('GET /drift/timeline', () => {
  it('has each piece of the span: too few, none, drift', async () => {
    time -= 5 * HOUR_MS;
    await predict(150);
    time += HOUR_MS;
    await predict(150, 1);
    time += HOUR_MS;
    await predict(20);
    const answer = await ask();
    expect(answer).toMatchObject({ from: '2026-01-01T01:00:00.000Z', to: '2026-01-02T01:00:00.000Z', period_seconds: 3600 });
    expect(answer.periods).toHaveLength(24);
    const found = answer.periods.filter(({ predictions }) => predictions > 0);
    expect(found).toMatchObject([
      { start: '2026-01-01T22:00:00.000Z', verdict: 'none', rows: 150, share_of_drifted_columns: 0 },
      {
        start: '2026-01-01T23:00:00.000Z',
        verdict: 'drift',
        share_of_drifted_columns: 0.2,
        greatest_effect: expect.closeTo(2.3, 1),
        greatest_effect_column: 'sepal_width',
      },
      { start: '2026-01-02T00:00:00.000Z', verdict: 'too few', predictions: 20, rows: 0, share_of_drifted_columns: null },
    ]);
  });

  it('measures a piece again only when others have come, or another model serves', async () => {
    await predict(150);
    time += HOUR_MS;
    await predict(150);
    const scan = vi.spyOn(service.log!.store, 'scanNewest');
    await ask();
    await ask();
    await predict(60);
    await ask();
    service.exchange(irisDocument({ version: '0.2.0' }));
    await ask();
    // Once each time, for all pieces that are not known.
    expect(scan.mock.calls.map(([spans]) => spans.length)).toEqual([2, 0, 1, 2]);
  });

  it('measures once for all who ask at once, and for a while', async () => {
    await predict(150);
    const count = vi.spyOn(service.log!.store, 'countByPeriod');
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.app.inject('/drift/timeline')));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    await service.app.inject('/drift/timeline?last=24h');
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('is 503 while the log cannot be read, tries again for the next who asks, and refuses a span that is none', async () => {
    vi.spyOn(service.log!.store, 'countByPeriod').mockRejectedValueOnce(
      new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'away'),
    );
    expect(await ask()).toMatchObject({ status: 503, code: 'LOG_UNAVAILABLE' });
    expect((await ask()).periods).toHaveLength(24);
    expect(await ask('?last=1y')).toMatchObject({ status: 422, errors: [{ pointer: '/last' }] });
  });
});

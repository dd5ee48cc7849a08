import { loadIris } from '@iris/dataset/iris';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NumericFeature, PredictionBatch, Sample } from '../../../lib/api/types.ts';
import { startValues } from '../sample-values.ts';
import { numericFeatures } from './axes.ts';
import { makeGrid, spanOf } from './grid.ts';
import { createLiveRegions, type RegionsQuestion } from './live-regions.ts';

const { schema } = loadIris();
const [x, y] = numericFeatures(schema) as [NumericFeature, NumericFeature];

function question(key: string): RegionsQuestion {
  const spans = { x: spanOf(x, undefined), y: spanOf(y, undefined) };
  return { key, makeGrid: () => makeGrid(schema, startValues(schema), { x, y }, spans) };
}

function answerTo(samples: readonly Sample[]): PredictionBatch {
  const probabilities = { setosa: 1, versicolor: 0, virginica: 0 };
  const prediction = { prediction: 'setosa', class_index: 0, probabilities, model: 'm', version: '1', request_id: 'r' };
  return { predictions: samples.map(() => prediction) };
}

function start() {
  const asked: (PromiseWithResolvers<PredictionBatch> & { readonly samples: readonly Sample[]; readonly signal: AbortSignal })[] =
    [];
  const live = createLiveRegions({
    predictRows: (samples, signal) => {
      const one = { samples, signal, ...Promise.withResolvers<PredictionBatch>() };
      asked.push(one);
      return one.promise;
    },
    now: () => Date.now(),
  });
  return { live, asked };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('regions that follow the plot', () => {
  it('are asked at once, and once', async () => {
    const { live, asked } = start();
    live.moveTo(question('a'));
    live.moveTo(question('a'));
    await pass(1000);
    expect(asked.length).toBe(1);
    asked[0]!.resolve(answerTo(asked[0]!.samples));
    await pass(0);
    expect(live.state()).toMatchObject({ key: 'a', failed: false });
    expect(live.state().regions.areas.length).toBe(live.state().grid!.rows);
  });

  it('of a slider that moves without end are asked a few times a second, and answered meanwhile', async () => {
    const { live, asked } = start();
    for (let move = 0; move < 60; move++) {
      live.moveTo(question(`${move}`));
      await pass(16);
      for (const { resolve, samples } of asked) resolve(answerTo(samples));
    }
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(Number(live.state().key)).toBeGreaterThan(30);
  });

  it('that are stale are aborted and never shown', async () => {
    const { live, asked } = start();
    live.moveTo(question('a'));
    await pass(0);
    live.moveTo(question('b'));
    await pass(300);
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[1]!.resolve(answerTo(asked[1]!.samples));
    asked[0]!.resolve(answerTo(asked[0]!.samples));
    await pass(0);
    expect(live.state().key).toBe('b');
  });

  it('that fail are asked again, beside those that are there', async () => {
    const { live, asked } = start();
    live.moveTo(question('a'));
    await pass(0);
    asked[0]!.resolve(answerTo(asked[0]!.samples));
    live.moveTo(question('b'));
    await pass(300);
    asked[1]!.reject(new Error('away'));
    await pass(0);
    expect(live.state()).toMatchObject({ key: 'a', failed: true });
    await pass(3000);
    asked[2]!.resolve(answerTo(asked[2]!.samples));
    await pass(0);
    expect(live.state()).toMatchObject({ key: 'b', failed: false });
  });

  it('of a plot that is gone are asked no more', async () => {
    const { live, asked } = start();
    live.moveTo(question('a'));
    await pass(0);
    live.moveTo(undefined);
    expect(asked[0]!.signal.aborted).toBe(true);
    await pass(10_000);
    expect(asked.length).toBe(1);
  });
});

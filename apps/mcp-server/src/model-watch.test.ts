import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from './api/api-client.ts';
import { CallError } from './api/api-error.ts';
import { type ModelWatch, watchModel } from './model-watch.ts';

const iris = loadIris().schema;
const churn = generateChurn().schema;
const POLL_MS = 10;

let watch: ModelWatch;
afterEach(() => watch.stop());

function start(answer: () => unknown) {
  const get = vi.fn(async () => answer());
  const onSchema = vi.fn();
  const onProblem = vi.fn();
  watch = watchModel({ api: { get } as unknown as ApiClient, pollMs: POLL_MS, onSchema, onProblem });
  return { get, onSchema, onProblem };
}

describe('watchModel', () => {
  it('makes the tools once for a dataset, and others for another', async () => {
    let dataset = iris;
    const { get, onSchema } = start(() => ({ dataset }));
    const first = await watch.first(1000);
    expect(first?.schema).toBe(iris);
    await expect.poll(() => get.mock.calls.length).toBeGreaterThan(3);
    expect(watch.current()).toBe(first);
    dataset = churn;
    await expect.poll(() => watch.current()?.schema).toBe(churn);
    expect(onSchema.mock.calls).toEqual([[iris], [churn]]);
  });

  it('keeps what it has while the API is away, and tells it once', async () => {
    let isAway = false;
    const { get, onProblem } = start(() => {
      if (isAway) throw new CallError('API_UNREACHABLE', 'away');
      return { dataset: iris };
    });
    await watch.first(1000);
    isAway = true;
    const before = get.mock.calls.length;
    await expect.poll(() => get.mock.calls.length).toBeGreaterThan(before + 3);
    expect(watch.current()?.schema).toBe(iris);
    expect(onProblem).toHaveBeenCalledTimes(1);
  });

  it('keeps the tools it has when a schema cannot be used', async () => {
    let dataset: unknown = iris;
    const { onProblem } = start(() => ({ dataset }));
    await watch.first(1000);
    dataset = { features: 'none' };
    await expect.poll(() => onProblem.mock.calls.length).toBe(1);
    expect(watch.current()?.schema).toBe(iris);
  });

  it('has patience for the first model, and an end of it', async () => {
    let isAway = true;
    start(() => {
      if (isAway) throw new CallError('API_UNREACHABLE', 'away');
      return { dataset: iris };
    });
    expect(await watch.first(20)).toBeUndefined();
    isAway = false;
    expect((await watch.first(5000))?.schema).toBe(iris);
  });
});

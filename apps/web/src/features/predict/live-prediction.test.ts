import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, type PredictOptions } from '../../lib/api/client.ts';
import type { Instance, Prediction } from '../../lib/api/types.ts';
import { createLivePrediction, type PredictionState } from './live-prediction.ts';

interface Question extends PromiseWithResolvers<Prediction> {
  readonly instance: Instance;
  readonly options: PredictOptions;
}

const prediction = (label: string): Prediction => ({
  prediction: label,
  class_index: 0,
  probabilities: { [label]: 1 },
  model: 'iris-rf',
  version: '0.1.0',
  request_id: label,
});

function start() {
  const questions: Question[] = [];
  const live = createLivePrediction({
    predict: (instance, options) => {
      const question = { instance, options, ...Promise.withResolvers<Prediction>() };
      questions.push(question);
      return question.promise;
    },
    now: () => Date.now(),
  });
  const seen: PredictionState[] = [];
  live.subscribe(() => seen.push(live.state()));
  return { live, questions, seen };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const pause = () => vi.advanceTimersByTimeAsync(150);

describe('a prediction that follows the form', () => {
  it('is asked once the form is still, and not kept', async () => {
    const { live, questions } = start();
    for (const x of [1, 2, 3]) {
      live.moveTo({ x });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(questions).toEqual([]);
    await pause();
    expect(questions.map(({ instance, options }) => [instance, options.logged])).toEqual([[{ x: 3 }, false]]);
  });

  it('tells the answer, whose it is and how long it took', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    await pause();
    await vi.advanceTimersByTimeAsync(30);
    questions[0]!.resolve(prediction('a'));
    await settle();
    expect(live.state()).toEqual({
      phase: 'answered',
      answer: { instance: { x: 1 }, prediction: prediction('a'), tookMs: expect.any(Number), logged: false },
    });
    expect(live.state().answer!.tookMs).toBeGreaterThanOrEqual(30);
  });

  it('an answer that comes after the form has changed is never told', async () => {
    const { live, questions, seen } = start();
    live.moveTo({ x: 1 });
    await pause();
    live.moveTo({ x: 2 });
    expect(questions[0]!.options.signal!.aborted).toBe(true);
    questions[0]!.resolve(prediction('stale'));
    await pause();
    questions[1]!.resolve(prediction('fresh'));
    await settle();
    expect(seen.map(({ phase, answer }) => [phase, answer?.prediction.prediction])).toEqual([
      ['waiting', undefined],
      ['waiting', undefined],
      ['answered', 'fresh'],
    ]);
  });

  it('the same sample again is no change', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    await pause();
    live.moveTo({ x: 1 });
    await pause();
    expect(questions.length).toBe(1);
  });

  it('an incomplete form asks nothing and has no answer', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    live.moveTo(undefined);
    await pause();
    live.keep();
    expect(questions).toEqual([]);
    expect(live.state()).toEqual({ phase: 'idle' });
  });
});

describe('Predict', () => {
  it('asks at once, to be kept, instead of what the form was about to ask', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    live.keep();
    await pause();
    expect(questions.map(({ options }) => options)).toEqual([{ logged: true }]);
    questions[0]!.resolve(prediction('a'));
    await settle();
    expect(live.state().answer).toMatchObject({ logged: true });
  });

  it('what fails to be kept is not sent a second time: the answer that comes back says that it is not kept', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    live.keep();
    questions[0]!.reject(new ApiProblem('API_UNREACHABLE', 502, ''));
    await settle();
    expect(live.state()).toMatchObject({ phase: 'failed', problem: { code: 'API_UNREACHABLE' } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(questions.map(({ options }) => options.logged)).toEqual([true, false]);
    questions[1]!.resolve(prediction('a'));
    await settle();
    expect(live.state()).toMatchObject({ phase: 'answered', answer: { logged: false } });
  });
});

describe('a problem', () => {
  it.each([
    ['API_UNREACHABLE', 502, 2000],
    ['NO_SUCH_THING', 404, 10_000],
  ])('%s, %i: asked again after %i ms until there is an answer', async (code, status, wait) => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    await pause();
    for (const attempt of [0, 1]) {
      questions[attempt]!.reject(new ApiProblem(code, status, ''));
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(questions.length).toBe(attempt + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(questions.length).toBe(attempt + 2);
      expect(live.state()).toMatchObject({ phase: 'failed', problem: { code } });
    }
  });

  it('a refused sample waits for another one', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    await pause();
    questions[0]!.reject(new ApiProblem('VALIDATION_FAILED', 422, '', [{ pointer: '/x', detail: 'is not plausible' }]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions.length).toBe(1);
    live.moveTo({ x: 2 });
    await pause();
    expect(questions.length).toBe(2);
  });
});

describe('another model', () => {
  it('is asked for the sample in the form', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    await pause();
    questions[0]!.resolve(prediction('a'));
    await settle();
    live.refresh();
    expect(questions[1]).toMatchObject({ instance: { x: 1 }, options: { logged: false } });
  });

  it('does not replace an answer that is kept', async () => {
    const { live, questions } = start();
    live.moveTo({ x: 1 });
    live.keep();
    live.refresh();
    questions[0]!.resolve(prediction('a'));
    await settle();
    live.refresh();
    expect(questions.length).toBe(1);
  });
});

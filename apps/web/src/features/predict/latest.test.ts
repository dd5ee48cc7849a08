import { describe, expect, it } from 'vitest';
import { createLatest } from './latest.ts';

describe('createLatest', () => {
  it('hears only the last question, in whatever order answers come', async () => {
    const latest = createLatest();
    const heard: unknown[] = [];
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    latest.ask(
      () => first.promise,
      (answer) => heard.push(answer),
      (error) => heard.push(error),
    );
    latest.ask(
      () => second.promise,
      (answer) => heard.push(answer),
      (error) => heard.push(error),
    );
    second.resolve('second');
    first.resolve('first');
    await Promise.all([first.promise, second.promise]);
    await Promise.resolve();
    expect(heard).toEqual(['second']);
  });

  it('aborts the question before, and tells nothing of its end', async () => {
    const latest = createLatest();
    const heard: unknown[] = [];
    const signals: AbortSignal[] = [];
    const question = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    latest.ask(
      question,
      () => heard.push('answer'),
      (error) => heard.push(error),
    );
    latest.drop();
    await new Promise(setImmediate);
    expect(signals[0]!.aborted).toBe(true);
    expect(heard).toEqual([]);
  });

  it('tells of a failure', async () => {
    const failed = Promise.withResolvers<unknown>();
    createLatest().ask(
      () => Promise.reject(new Error('refused')),
      () => failed.reject(new Error('heard an answer')),
      failed.resolve,
    );
    expect(await failed.promise).toEqual(new Error('refused'));
  });
});

/** What every store promises of feedback. */
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { JudgedPrediction, PredictionStore, TimeSpan } from '../port.ts';
import { ALWAYS, testBatch, testRecord } from '../test-records.ts';

/** Runs the tests on the store of the moment, which is empty before each. */
export function describeFeedback(store: () => PredictionStore): void {
  describe('feedback', () => {
    async function newestFeedback(): Promise<(string | null)[]> {
      return (await store().list({ limit: 10 })).predictions.map(({ feedback }) => feedback);
    }

    async function scanned(span: TimeSpan): Promise<JudgedPrediction[]> {
      const rows: JudgedPrediction[] = [];
      for await (const part of store().scanFeedback(span)) rows.push(...part);
      return rows;
    }

    it('takes feedback for a request id once, the same again without an effect, and another only to replace it', async () => {
      await store().append(testBatch(2));
      const tell = (label: string, replace?: boolean) =>
        store().recordFeedback({ requestId: 'request-1', label, ...(replace !== undefined && { replace }) });
      expect(await tell('setosa')).toBe('kept');
      expect(await tell('setosa')).toBe('kept');
      expect(await tell('versicolor')).toBe('judged');
      expect(await newestFeedback()).toEqual(['setosa', null]);
      expect(await tell('versicolor', true)).toBe('kept');
      expect(await newestFeedback()).toEqual(['versicolor', null]);
      expect((await store().count(ALWAYS)).map(({ judged, correct }) => [judged, correct])).toEqual([
        [0, 0],
        [1, 1],
      ]);
    });

    it('judges none of several rows with the same request id, also not when one of them was judged before', async () => {
      await store().append(encodeBatch([testRecord(0, { requestId: 'same' }), testRecord(2)]));
      expect(await store().recordFeedback({ requestId: 'same', label: 'setosa' })).toBe('kept');
      await store().append(encodeBatch([testRecord(1, { requestId: 'same' })]));
      for (const replace of [false, true]) {
        expect(await store().recordFeedback({ requestId: 'same', label: 'versicolor', replace })).toBe('ambiguous');
      }
      expect(await newestFeedback()).toEqual([null, null, 'setosa']);
    });

    it('keeps one of two feedbacks that come at once, and says so to both', async () => {
      await store().append(testBatch(1));
      const labels = ['setosa', 'versicolor', 'virginica'];
      const outcomes = await Promise.all(labels.map((label) => store().recordFeedback({ requestId: 'request-0', label })));
      expect(outcomes.toSorted()).toEqual(['judged', 'judged', 'kept']);
      expect((await newestFeedback())[0]).toBe(labels[outcomes.indexOf('kept')]);
    });

    it('counts feedback, and how much of it agrees', async () => {
      await store().append(testBatch(6));
      for (const [requestId, label] of [
        ['request-0', 'setosa'],
        ['request-3', 'setosa'],
        ['request-3', 'virginica'],
        ['request-1', 'virginica'],
        ['request-1', 'versicolor'],
      ] as const) {
        await store().recordFeedback({ requestId, label, replace: true });
      }
      expect(await store().count(ALWAYS)).toEqual([
        { version: '0.1.0', label: 'setosa', predictions: 2, judged: 2, correct: 1 },
        { version: '0.1.0', label: 'versicolor', predictions: 2, judged: 1, correct: 1 },
        { version: '0.1.0', label: 'virginica', predictions: 2, judged: 0, correct: 0 },
      ]);
    });

    it('gives the feedback of a span, with who told it and whether they had told another before: what a model learns from', async () => {
      await store().append(testBatch(5));
      for (const [requestId, label, source] of [
        ['request-1', 'setosa', 'ada'],
        ['request-2', 'setosa', 'ada'],
        ['request-2', 'virginica', 'ada'],
        ['request-3', 'versicolor', undefined],
        ['request-3', 'versicolor', 'bob'],
        ['request-4', 'setosa', 'ada'],
      ] as const) {
        await store().recordFeedback({ requestId, label, replace: true, ...(source !== undefined && { source }) });
      }
      const { features } = testRecord(0);
      const judged = (n: number, feedback: string, source: string | null, changed = false) => {
        return { createdAt: testRecord(n).createdAt, features, feedback, source, changed };
      };
      const found = await scanned({ from: testRecord(0).createdAt, to: testRecord(4).createdAt });
      expect(found.toSorted((a, b) => Number(a.createdAt) - Number(b.createdAt))).toEqual([
        judged(1, 'setosa', 'ada'),
        judged(2, 'virginica', 'ada', true),
        judged(3, 'versicolor', null),
      ]);
    });

    it('keeps what each source told last, whoever replaces it: nobody takes the word of another out of the log', async () => {
      await store().append(testBatch(1));
      for (const [label, source] of [
        ['setosa', 'ada'],
        ['virginica', undefined],
        ['setosa', 'eve'],
        ['versicolor', 'mallory'],
        ['setosa', 'bob'],
        ['versicolor', 'mallory'],
        ['setosa', 'eve'],
        ['virginica', 'eve'],
        ['setosa', 'bob'],
        ['virginica', 'mallory'],
      ] as const) {
        const outcome = store().recordFeedback({
          requestId: 'request-0',
          label,
          replace: true,
          ...(source !== undefined && { source }),
        });
        expect(await outcome).toBe('kept');
      }
      expect(await newestFeedback()).toEqual(['virginica']);
      const told = (await scanned(ALWAYS)).map(({ source, feedback, changed }) => [String(source), feedback, changed]);
      expect(told.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
        ['ada', 'setosa', false],
        ['bob', 'setosa', false],
        ['eve', 'virginica', true],
        ['mallory', 'virginica', true],
        ['null', 'virginica', false],
      ]);
      expect((await store().count(ALWAYS)).map(({ judged }) => judged)).toEqual([1]);
    });

    it('gives each of many once, also when the scan before was left in the middle', async () => {
      await store().append(testBatch(600));
      for (let n = 0; n < 600; n++) await store().recordFeedback({ requestId: `request-${n}`, label: 'setosa' });
      for await (const part of store().scanFeedback(ALWAYS)) if (part.length > 0) break;
      const times = (await scanned(ALWAYS)).map(({ createdAt }) => createdAt.getTime());
      expect([times.length, new Set(times).size]).toEqual([600, 600]);
    });

    it('has no feedback for a request it does not know', async () => {
      expect(await store().recordFeedback({ requestId: 'nobody', label: 'setosa' })).toBe('unknown');
    });
  });
}

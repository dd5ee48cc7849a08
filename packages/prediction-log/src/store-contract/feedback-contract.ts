/** What every store promises of feedback. */
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { ALWAYS, testBatch, testRecord } from '../test-records.ts';

/** Runs the tests on the store of the moment, which is empty before each. */
export function describeFeedback(store: () => PredictionStore): void {
  describe('feedback', () => {
    async function newestFeedback(): Promise<(string | null)[]> {
      return (await store().list({ limit: 10 })).predictions.map(({ feedback }) => feedback);
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

    it('has no feedback for a request it does not know', async () => {
      expect(await store().recordFeedback({ requestId: 'nobody', label: 'setosa' })).toBe('unknown');
    });
  });
}

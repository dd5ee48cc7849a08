/** What every store promises of pages. */
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { testBatch, testRecord, testRecords } from '../test-records.ts';

/** Runs the tests on the store of the moment, which is empty before each. */
export function describePages(store: () => PredictionStore): void {
  describe('a list', () => {
    it('gives every row once over pages, also while rows are added', async () => {
      await store().append(testBatch(25));
      const seen: (string | null)[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 10; page++) {
        const { predictions, nextCursor } = await store().list({ limit: 10, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...predictions.map(({ requestId }) => requestId));
        await store().append(encodeBatch([testRecord(1000 + page)]));
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      expect(seen).toEqual(
        testRecords(25)
          .toReversed()
          .map(({ requestId }) => requestId),
      );
    });

    it('ends with a full page when no row is left', async () => {
      await store().append(testBatch(10));
      expect((await store().list({ limit: 10 })).nextCursor).toBeNull();
    });

    it('filters by version and label, over pages too', async () => {
      await store().append(encodeBatch(testRecords(30).map((record, n) => ({ ...record, version: n < 15 ? '1' : '2' }))));
      const first = await store().list({ limit: 3, version: '1', label: 'setosa' });
      expect(first.predictions.map(({ requestId }) => requestId)).toEqual(['request-12', 'request-9', 'request-6']);
      const next = await store().list({ limit: 3, version: '1', label: 'setosa', cursor: first.nextCursor ?? '' });
      expect(next.predictions.map(({ requestId }) => requestId)).toEqual(['request-3', 'request-0']);
      expect(next.nextCursor).toBeNull();
    });

    it.each([{ label: '' }, { version: '' }, { version: '1', label: '' }])(
      'is empty for %j, which no row has',
      async (filter) => {
        await store().append(testBatch(5));
        expect(await store().list({ limit: 3, ...filter })).toEqual({ predictions: [], nextCursor: null });
      },
    );

    it.each([0, -1, 1001, 1.5, Number.NaN])('refuses a page of %d rows', async (limit) => {
      await expect(store().list({ limit })).rejects.toMatchObject({ code: 'PREDICTION_LOG_QUERY_INVALID' });
    });

    it.each(['', 'x', '-1', '1e3', '9'.repeat(40), '\0', '../../etc/passwd'])('refuses the cursor %j', async (cursor) => {
      await expect(store().list({ limit: 1, cursor })).rejects.toMatchObject({ code: 'PREDICTION_LOG_QUERY_INVALID' });
    });
  });
}

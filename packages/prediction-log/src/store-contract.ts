/** What every store promises, as tests: each adapter's test file runs them on its own. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from './batch.ts';
import type { PredictionRecord, PredictionStore, ScannedPrediction, ScanQuery, StoredPrediction } from './port.ts';
import { testBatch, testRecord, testRecords } from './test-records.ts';

const ALWAYS = { from: new Date(0), to: new Date('2100-01-01') };

/** Runs the suite; `open` gives an empty store, and `dispose` removes it. */
export function describeStore(name: string, open: () => Promise<{ store: PredictionStore; dispose: () => Promise<void> }>): void {
  describe(`${name} as a prediction store`, () => {
    let store: PredictionStore;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ store, dispose } = await open());
    });
    afterEach(async () => {
      await store.close();
      await dispose();
    });

    async function newest(limit = 1000): Promise<readonly StoredPrediction[]> {
      return (await store.list({ limit })).predictions;
    }

    async function scanned(query: ScanQuery): Promise<ScannedPrediction[]> {
      const rows: ScannedPrediction[] = [];
      for await (const part of store.scan(query)) rows.push(...part);
      return rows;
    }

    async function countScanned(query: ScanQuery): Promise<number> {
      return (await scanned(query)).length;
    }

    it('gives back what it was given, newest first', async () => {
      const records = testRecords(3);
      await store.append(encodeBatch(records));
      expect(await newest()).toEqual(records.toReversed().map(stored));
    });

    it('is empty at first, and after an empty batch', async () => {
      await store.append(encodeBatch([]));
      expect(await store.list({ limit: 10 })).toEqual({ predictions: [], nextCursor: null });
      expect(await store.count(ALWAYS)).toEqual([]);
    });

    it('keeps a record once when its batch is sent again, and leaves it as it is', async () => {
      await store.append(testBatch(3));
      await store.append(encodeBatch([testRecord(1, { label: 'virginica' }), testRecord(3), testRecord(3)]));
      expect((await newest()).map(({ requestId, label }) => [requestId, label])).toEqual([
        ['request-3', 'setosa'],
        ['request-2', 'virginica'],
        ['request-1', 'versicolor'],
        ['request-0', 'setosa'],
      ]);
    });

    it('takes a large batch whole', async () => {
      await store.append(testBatch(5000));
      expect((await store.count(ALWAYS)).reduce((sum, { predictions }) => sum + predictions, 0)).toBe(5000);
    });

    it('keeps text as it is, whatever it holds', async () => {
      const awkward = [
        `'; DROP TABLE predictions; --`,
        '{"a",b}',
        'back\\slash "quote"',
        'tab\tnew\nline',
        'ß 🌸 中',
        'null',
        '',
        ' ',
      ];
      const records = awkward.map((text, i) =>
        testRecord(i, { requestId: text, label: text, model: text, version: text, instance: text, features: { [text]: text } }),
      );
      await store.append(encodeBatch(records));
      expect(await newest()).toEqual(records.toReversed().map(stored));
      await store.append(encodeBatch([testRecord(100, { requestId: '', instance: '' })]));
      expect((await newest(1))[0]).toMatchObject({ requestId: '', instance: '' });
    });

    it('keeps U+FFFD for what JSON in PostgreSQL cannot hold, and finds the row by the text that was given', async () => {
      await store.append(
        encodeBatch([
          testRecord(0, { requestId: 'a\0b', features: { level: 'NUL \0' } }),
          testRecord(1, { requestId: 'c\u001fd' }),
          testRecord(2, { requestId: '\ud800' }),
        ]),
      );
      expect((await newest()).map(({ requestId }) => requestId)).toEqual(['\ufffd', 'c\u001fd', 'a\ufffdb']);
      expect(await store.recordFeedback({ requestId: 'a\0b', label: 'setosa' })).toBe('kept');
      expect((await newest())[2]).toMatchObject({ features: { level: 'NUL \ufffd' }, feedback: 'setosa' });
    });

    it('keeps numbers to the last digit, and levels as text', async () => {
      const features = { a: 0.1 + 0.2, b: 1e-300, c: -1.7976931348623157e308, d: 9007199254740991, plan_type: 'basic' };
      await store.append(encodeBatch([testRecord(0, { features })]));
      expect((await newest())[0]?.features).toEqual(features);
    });

    it('gives every row once over pages, also while rows are added', async () => {
      await store.append(testBatch(25));
      const seen: (string | null)[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 10; page++) {
        const { predictions, nextCursor } = await store.list({ limit: 10, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...predictions.map(({ requestId }) => requestId));
        await store.append(encodeBatch([testRecord(1000 + page)]));
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
      await store.append(testBatch(10));
      expect((await store.list({ limit: 10 })).nextCursor).toBeNull();
    });

    it('filters by version and label, over pages too', async () => {
      await store.append(encodeBatch(testRecords(30).map((record, n) => ({ ...record, version: n < 15 ? '1' : '2' }))));
      const first = await store.list({ limit: 3, version: '1', label: 'setosa' });
      expect(first.predictions.map(({ requestId }) => requestId)).toEqual(['request-12', 'request-9', 'request-6']);
      const next = await store.list({ limit: 3, version: '1', label: 'setosa', cursor: first.nextCursor ?? '' });
      expect(next.predictions.map(({ requestId }) => requestId)).toEqual(['request-3', 'request-0']);
      expect(next.nextCursor).toBeNull();
    });

    it('counts by version and label within [from, to)', async () => {
      await store.append(encodeBatch(testRecords(12).map((record, n) => ({ ...record, version: n < 6 ? '1' : '2' }))));
      const span = { from: testRecord(3).createdAt, to: testRecord(8).createdAt };
      expect(await store.count(span)).toEqual([
        counted('1', 'setosa', 1),
        counted('1', 'versicolor', 1),
        counted('1', 'virginica', 1),
        counted('2', 'setosa', 1),
        counted('2', 'versicolor', 1),
      ]);
    });

    it('takes feedback for a request id once, the same again without an effect, and another only to replace it', async () => {
      await store.append(testBatch(2));
      const tell = (label: string, replace?: boolean) =>
        store.recordFeedback({ requestId: 'request-1', label, ...(replace !== undefined && { replace }) });
      expect(await tell('setosa')).toBe('kept');
      expect(await tell('setosa')).toBe('kept');
      expect(await tell('versicolor')).toBe('judged');
      expect((await newest()).map(({ feedback }) => feedback)).toEqual(['setosa', null]);
      expect(await tell('versicolor', true)).toBe('kept');
      expect((await newest()).map(({ feedback }) => feedback)).toEqual(['versicolor', null]);
      expect((await store.count(ALWAYS)).map(({ judged, correct }) => [judged, correct])).toEqual([
        [0, 0],
        [1, 1],
      ]);
    });

    it('judges none of several rows with the same request id, also not when one of them was judged before', async () => {
      await store.append(encodeBatch([testRecord(0, { requestId: 'same' }), testRecord(2)]));
      expect(await store.recordFeedback({ requestId: 'same', label: 'setosa' })).toBe('kept');
      await store.append(encodeBatch([testRecord(1, { requestId: 'same' })]));
      for (const replace of [false, true]) {
        expect(await store.recordFeedback({ requestId: 'same', label: 'versicolor', replace })).toBe('ambiguous');
      }
      expect((await newest()).map(({ feedback }) => feedback)).toEqual([null, null, 'setosa']);
    });

    it('keeps one of two feedbacks that come at once, and says so to both', async () => {
      await store.append(testBatch(1));
      const labels = ['setosa', 'versicolor', 'virginica'];
      const outcomes = await Promise.all(labels.map((label) => store.recordFeedback({ requestId: 'request-0', label })));
      expect(outcomes.toSorted()).toEqual(['judged', 'judged', 'kept']);
      expect((await newest())[0]?.feedback).toBe(labels[outcomes.indexOf('kept')]);
    });

    it('counts feedback, and how much of it agrees', async () => {
      await store.append(testBatch(6));
      for (const [requestId, label] of [
        ['request-0', 'setosa'],
        ['request-3', 'setosa'],
        ['request-3', 'virginica'],
        ['request-1', 'virginica'],
        ['request-1', 'versicolor'],
      ] as const) {
        await store.recordFeedback({ requestId, label, replace: true });
      }
      expect(await store.count(ALWAYS)).toEqual([
        { version: '0.1.0', label: 'setosa', predictions: 2, judged: 2, correct: 1 },
        { version: '0.1.0', label: 'versicolor', predictions: 2, judged: 1, correct: 1 },
        { version: '0.1.0', label: 'virginica', predictions: 2, judged: 0, correct: 0 },
      ]);
    });

    it('scans every row of [from, to) once, by model and version where asked, with what statistics need', async () => {
      await store.append(encodeBatch(testRecords(12).map((record, n) => ({ ...record, version: n % 2 === 0 ? '1' : '2' }))));
      await store.append(encodeBatch([testRecord(100, { createdAt: testRecord(5).createdAt, model: 'svm' })]));
      const span = { from: testRecord(3).createdAt, to: testRecord(8).createdAt };
      const { label, features, probabilities } = testRecord(0);
      expect((await scanned(span)).filter((row) => row.label === label)).toContainEqual({ label, features, probabilities });
      expect(await countScanned(span)).toBe(6);
      expect(await countScanned({ ...span, model: 'svm' })).toBe(1);
      expect(await countScanned({ ...span, version: '1' })).toBe(2);
      expect(await countScanned({ ...span, model: 'rf', version: '2' })).toBe(3);
      expect(await countScanned({ ...span, version: 'other' })).toBe(0);
      expect(await countScanned({ from: span.to, to: span.from })).toBe(0);
    });

    it('scans a large log whole, or its newest rows', async () => {
      await store.append(encodeBatch(testRecords(5000).map((record, n) => ({ ...record, label: String(n) }))));
      const all = await scanned(ALWAYS);
      expect(new Set(all.map(({ label }) => label)).size).toBe(5000);
      expect(all).toHaveLength(5000);
      const newest = await scanned({ ...ALWAYS, limit: 10 });
      expect(newest.map(({ label }) => Number(label)).toSorted()).toEqual([
        4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999,
      ]);
    });

    it('may be left in the middle of a scan, again and again', async () => {
      await store.append(testBatch(5000));
      for (let turn = 0; turn < 5; turn++) {
        for await (const part of store.scan(ALWAYS)) if (part.length > 0) break;
      }
      expect(await countScanned(ALWAYS)).toBe(5000);
    });

    it('has no feedback for a request it does not know', async () => {
      expect(await store.recordFeedback({ requestId: 'nobody', label: 'setosa' })).toBe('unknown');
    });

    it.each([0, -1, 1001, 1.5, Number.NaN])('refuses a page of %d rows', async (limit) => {
      await expect(store.list({ limit })).rejects.toMatchObject({ code: 'PREDICTION_LOG_QUERY_INVALID' });
    });

    it.each(['', 'x', '-1', '1e3', '9'.repeat(40), '\0', '../../etc/passwd'])('refuses the cursor %j', async (cursor) => {
      await expect(store.list({ limit: 1, cursor })).rejects.toMatchObject({ code: 'PREDICTION_LOG_QUERY_INVALID' });
    });
  });
}

function stored(record: PredictionRecord): unknown {
  const { recordId: _recordId, ...rest } = record;
  return { ...rest, id: expect.any(String), feedback: null };
}

function counted(version: string, label: string, predictions: number) {
  return { version, label, predictions, judged: 0, correct: 0 };
}

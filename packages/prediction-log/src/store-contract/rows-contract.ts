/** What every store promises of the rows that it keeps, lists and counts. */
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionRecord, PredictionStore, StoredPrediction } from '../port.ts';
import { ALWAYS, testBatch, testRecord, testRecords } from '../test-records.ts';

/** Runs the tests on the store of the moment, which is empty before each. */
export function describeRows(store: () => PredictionStore): void {
  describe('its rows', () => {
    async function newest(limit = 1000): Promise<readonly StoredPrediction[]> {
      return (await store().list({ limit })).predictions;
    }

    it('gives back what it was given, newest first', async () => {
      const records = testRecords(3);
      await store().append(encodeBatch(records));
      expect(await newest()).toEqual(records.toReversed().map(stored));
    });

    it('is empty at first, and after an empty batch', async () => {
      await store().append(encodeBatch([]));
      expect(await store().list({ limit: 10 })).toEqual({ predictions: [], nextCursor: null });
      expect(await store().count(ALWAYS)).toEqual([]);
    });

    it('keeps a record once when its batch is sent again, and leaves it as it is', async () => {
      await store().append(testBatch(3));
      await store().append(encodeBatch([testRecord(1, { label: 'virginica' }), testRecord(3), testRecord(3)]));
      expect((await newest()).map(({ requestId, label }) => [requestId, label])).toEqual([
        ['request-3', 'setosa'],
        ['request-2', 'virginica'],
        ['request-1', 'versicolor'],
        ['request-0', 'setosa'],
      ]);
    });

    it('takes a large batch whole', async () => {
      await store().append(testBatch(5000));
      expect((await store().count(ALWAYS)).reduce((sum, { predictions }) => sum + predictions, 0)).toBe(5000);
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
      await store().append(encodeBatch(records));
      expect(await newest()).toEqual(records.toReversed().map(stored));
      await store().append(encodeBatch([testRecord(100, { requestId: '', instance: '' })]));
      expect((await newest(1))[0]).toMatchObject({ requestId: '', instance: '' });
    });

    it('keeps U+FFFD for what JSON in PostgreSQL cannot hold, and finds the row by the text that was given', async () => {
      await store().append(
        encodeBatch([
          testRecord(0, { requestId: 'a\0b', features: { level: 'NUL \0' } }),
          testRecord(1, { requestId: 'c\u001fd' }),
          testRecord(2, { requestId: '\ud800' }),
        ]),
      );
      expect((await newest()).map(({ requestId }) => requestId)).toEqual(['\ufffd', 'c\u001fd', 'a\ufffdb']);
      expect(await store().recordFeedback({ requestId: 'a\0b', label: 'setosa' })).toBe('kept');
      expect((await newest())[2]).toMatchObject({ features: { level: 'NUL \ufffd' }, feedback: 'setosa' });
    });

    it('keeps numbers to the last digit, and levels as text', async () => {
      const features = { a: 0.1 + 0.2, b: 1e-300, c: -1.7976931348623157e308, d: 9007199254740991, plan_type: 'basic' };
      await store().append(encodeBatch([testRecord(0, { features })]));
      expect((await newest())[0]?.features).toEqual(features);
    });

    it('counts by piece of time and version, with feedback, and nothing outside of them', async () => {
      const start = new Date('2026-03-01T10:00:00Z').getTime();
      const minutes = [-0.001, 0, 4.999, 5, 12, 14.999, 15, 29.999, 30];
      const records = testRecords(minutes.length).map((record, n) => {
        const createdAt = new Date(start + 60_000 * minutes[n]!);
        return { ...record, label: 'setosa', createdAt, version: n % 2 === 0 ? '2' : '1' };
      });
      await store().append(encodeBatch(records));
      for (const [n, label] of [
        [0, 'setosa'],
        [3, 'setosa'],
        [5, 'virginica'],
        [8, 'setosa'],
      ] as const) {
        await store().recordFeedback({ requestId: `request-${n}`, label });
      }
      const entry = (period: number, version: string, judged = 0, correct = 0) => {
        return { period, version, predictions: 1, judged, correct };
      };
      expect(await store().countByPeriod({ from: new Date(start), periods: 6, periodMs: 5 * 60_000 })).toEqual([
        entry(0, '1'),
        entry(0, '2'),
        entry(1, '1', 1, 1),
        entry(2, '1', 1),
        entry(2, '2'),
        entry(3, '2'),
        entry(5, '1'),
      ]);
    });

    it('counts by version and label within [from, to)', async () => {
      await store().append(encodeBatch(testRecords(12).map((record, n) => ({ ...record, version: n < 6 ? '1' : '2' }))));
      const span = { from: testRecord(3).createdAt, to: testRecord(8).createdAt };
      expect(await store().count(span)).toEqual([
        counted('1', 'setosa', 1),
        counted('1', 'versicolor', 1),
        counted('1', 'virginica', 1),
        counted('2', 'setosa', 1),
        counted('2', 'versicolor', 1),
      ]);
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

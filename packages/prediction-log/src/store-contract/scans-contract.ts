/** What every store promises of scans. */
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { NewestRows, PredictionStore, ScannedPrediction, ScanQuery, TimeSpan } from '../port.ts';
import { ALWAYS, testBatch, testRecord, testRecords } from '../test-records.ts';

/** Runs the tests on the store of the moment, which is empty before each. */
export function describeScans(store: () => PredictionStore): void {
  describe('a scan', () => {
    async function scanned(query: ScanQuery): Promise<ScannedPrediction[]> {
      const rows: ScannedPrediction[] = [];
      for await (const part of store().scan(query)) rows.push(...part);
      return rows;
    }

    async function newest(spans: readonly TimeSpan[], limit: number): Promise<NewestRows[]> {
      const found: NewestRows[] = [];
      for await (const rows of store().scanNewest(spans, limit)) found.push(rows);
      return found;
    }

    async function countScanned(query: ScanQuery): Promise<number> {
      return (await scanned(query)).length;
    }

    it('gives every row of [from, to) once, by model and version where asked, with what statistics need', async () => {
      await store().append(encodeBatch(testRecords(12).map((record, n) => ({ ...record, version: n % 2 === 0 ? '1' : '2' }))));
      await store().append(encodeBatch([testRecord(100, { createdAt: testRecord(5).createdAt, model: 'svm' })]));
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

    it('reads a large log whole, or its newest rows', async () => {
      await store().append(encodeBatch(testRecords(5000).map((record, n) => ({ ...record, label: String(n) }))));
      const all = await scanned(ALWAYS);
      expect(new Set(all.map(({ label }) => label)).size).toBe(5000);
      expect(all).toHaveLength(5000);
      const newest = await scanned({ ...ALWAYS, limit: 10 });
      expect(newest.map(({ label }) => Number(label)).toSorted()).toEqual([
        4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999,
      ]);
    });

    it('gives the newest rows of several spans, of each once, as many as asked for', async () => {
      await store().append(encodeBatch(testRecords(40).map((record, n) => ({ ...record, label: String(n) }))));
      const between = (from: number, to: number) => ({ from: testRecord(from).createdAt, to: testRecord(to).createdAt });
      const spans = [between(2, 6), between(10, 30), between(30, 35), { from: new Date(0), to: testRecord(0).createdAt }];
      const found = (await newest(spans, 5)).toSorted((a, b) => a.span - b.span);
      const labels = found.map(({ rows }) => rows.map(({ label }) => Number(label)).toSorted((a, b) => a - b));
      expect(labels).toEqual([[2, 3, 4, 5], [25, 26, 27, 28, 29], [30, 31, 32, 33, 34], []]);
      expect(found.map(({ span }) => span)).toEqual([0, 1, 2, 3]);
      expect(await newest([], 5)).toEqual([]);
    });

    it('may be left in the middle, again and again', async () => {
      await store().append(testBatch(5000));
      for (let turn = 0; turn < 5; turn++) {
        for await (const part of store().scan(ALWAYS)) if (part.length > 0) break;
      }
      expect(await countScanned(ALWAYS)).toBe(5000);
    });
  });
}

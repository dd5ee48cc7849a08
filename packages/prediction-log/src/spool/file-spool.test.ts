import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeBatch } from '../batch.ts';
import type { PredictionRecord } from '../port.ts';
import type { Spool } from '../spool-port.ts';
import { testBatch, testRecords } from '../test-records.ts';
import { openFileSpool } from './file-spool.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-spool-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Empties the spool, in order. */
async function drain(spool: Spool): Promise<PredictionRecord[]> {
  const records: PredictionRecord[] = [];
  for (let batch = await spool.peek(); batch; batch = await spool.peek()) {
    records.push(...decodeBatch(batch));
    await spool.remove();
  }
  return records;
}

async function segmentNames(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.jsonl')).sort();
}

/** Makes the leases look as if their owners had died long ago. */
async function expireLeases(): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.endsWith('.lease')) await utimes(join(directory, name), 0, 0);
  }
}

describe('a file spool', () => {
  it('gives batches back in order, and leaves no file behind', async () => {
    const spool = await openFileSpool({ directory });
    for (let n = 0; n < 2000; n += 100) await spool.push(testBatch(100, n));
    expect(spool.rows()).toBe(2000);
    expect(await drain(spool)).toEqual(testRecords(2000));
    expect(spool.rows()).toBe(0);
    await spool.maintain();
    expect(await readdir(directory)).toEqual([]);
  });

  it('gathers small batches in one file', async () => {
    const spool = await openFileSpool({ directory });
    for (let n = 0; n < 100; n++) await spool.push(testBatch(1, n));
    expect(await segmentNames()).toHaveLength(1);
    expect(await spool.peek()).toEqual(testBatch(100));
  });

  it('never adds to the batch that is being sent', async () => {
    const spool = await openFileSpool({ directory });
    await spool.push(testBatch(3));
    const [peeked] = await Promise.all([spool.peek(), spool.push(testBatch(2, 3))]);
    await spool.remove();
    expect(peeked).toEqual(testBatch(3));
    expect(await drain(spool)).toEqual(testRecords(2, 3));
  });

  it('puts older rows before all others', async () => {
    const spool = await openFileSpool({ directory });
    await spool.push(testBatch(2, 4));
    await spool.unshift(testBatch(2, 2));
    await spool.unshift(testBatch(2));
    expect(await drain(spool)).toEqual(testRecords(6));
  });

  it('drops the oldest beyond its bytes and counts them, but not the batch that is being sent', async () => {
    const spool = await openFileSpool({ directory, maxBytes: 500_000 });
    let dropped = await spool.push(testBatch(500));
    const sending = await spool.peek();
    for (let n = 500; n < 5000; n += 500) dropped += await spool.push(testBatch(500, n));
    expect(dropped).toBeGreaterThan(0);
    expect(spool.rows() + dropped).toBe(5000);
    expect(sending).toEqual(testBatch(500));
    await spool.remove();
    const rest = await drain(spool);
    expect(rest).toEqual(testRecords(rest.length, 5000 - rest.length));
  });

  it('hands what is left to the next process when closed', async () => {
    const first = await openFileSpool({ directory });
    await first.push(testBatch(700));
    await first.close();
    const second = await openFileSpool({ directory });
    expect(second.rows()).toBe(700);
    await second.push(testBatch(1, 700));
    expect(await drain(second)).toEqual(testRecords(701));
  });

  it('leaves the files of a living process alone', async () => {
    const first = await openFileSpool({ directory });
    await first.push(testBatch(5));
    expect((await openFileSpool({ directory })).rows()).toBe(0);
    expect(await drain(first)).toEqual(testRecords(5));
  });

  it('takes over from a killed process once its lease has run out, without the torn line', async () => {
    const killed = await openFileSpool({ directory });
    await killed.push(testBatch(5));
    const [name = ''] = await segmentNames();
    await appendFile(join(directory, name), '{"recordId":"torn');
    const heir = await openFileSpool({ directory });
    await heir.maintain();
    expect(heir.rows()).toBe(0);
    await expireLeases();
    await heir.maintain();
    expect(await drain(heir)).toEqual(testRecords(5));
  });

  it('counts damaged lines among the rows that wait, and as damaged once their file goes', async () => {
    const killed = await openFileSpool({ directory });
    await killed.push(testBatch(5));
    const [name = ''] = await segmentNames();
    const lines = (await readFile(join(directory, name), 'utf8')).split('\n');
    await writeFile(join(directory, name), [lines[0], '\0\0\0', '{"recordId":"half', ...lines.slice(3)].join('\n'));
    await killed.close();
    const told: string[] = [];
    const heir = await openFileSpool({ directory, onDamage: (detail) => told.push(detail) });
    expect([heir.rows(), heir.damagedRows()]).toEqual([5, 0]);
    expect((await heir.peek())?.rows).toBe(3);
    expect([heir.damagedRows(), told]).toEqual([0, []]);
    await heir.remove();
    expect([heir.rows(), heir.damagedRows()]).toEqual([0, 2]);
    expect(told).toEqual([expect.stringMatching(/^the spool file .+\.jsonl had damaged lines, which are dropped: 2$/)]);
  });

  it('goes on to the next file where every line of one is damaged', async () => {
    const killed = await openFileSpool({ directory });
    await killed.push(testBatch(500));
    await killed.push(testBatch(1, 500));
    const [first = ''] = await segmentNames();
    await writeFile(join(directory, first), 'garbage\n'.repeat(500));
    expect(await drain(killed)).toEqual(testRecords(1, 500));
    expect([killed.rows(), killed.damagedRows()]).toEqual([0, 500]);
    expect(await segmentNames()).toEqual([]);
  });

  it('leaves a file that cannot be read where it is, says so once, and takes over the others', async () => {
    const killed = await openFileSpool({ directory });
    await killed.push(testBatch(5));
    await killed.close();
    const unreadable = 'somebody-00000000.500000000000.jsonl';
    await mkdir(join(directory, unreadable));
    const told: string[] = [];
    const heir = await openFileSpool({ directory, onDamage: (detail) => told.push(detail) });
    await heir.maintain();
    expect(told).toEqual([expect.stringContaining(`${unreadable} is left where it is: EISDIR`)]);
    expect(await drain(heir)).toEqual(testRecords(5));
    expect(await segmentNames()).toEqual([unreadable]);
  });

  it('loses no row of a process that was stopped for longer than its lease', async () => {
    const stopped = await openFileSpool({ directory });
    await stopped.push(testBatch(5));
    await expireLeases();
    const heir = await openFileSpool({ directory });
    await stopped.push(testBatch(5, 5));
    expect(await drain(heir)).toEqual(testRecords(5));
    expect(await drain(stopped)).toEqual(testRecords(5, 5));
    expect(stopped.rows()).toBe(0);
  });

  it('is taken over by one of many', async () => {
    const killed = await openFileSpool({ directory });
    for (let n = 0; n < 3000; n += 500) await killed.push(testBatch(500, n));
    await expireLeases();
    const heirs = await Promise.all(Array.from({ length: 5 }, () => openFileSpool({ directory })));
    expect(heirs.reduce((sum, heir) => sum + heir.rows(), 0)).toBe(3000);
    const drained = await Promise.all(heirs.map(drain));
    const ids = drained.flat().map(({ recordId }) => recordId);
    expect(new Set(ids).size).toBe(3000);
    expect(ids).toHaveLength(3000);
    await Promise.all(heirs.map((heir) => heir.maintain()));
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes over no more than its own bound', async () => {
    const killed = await openFileSpool({ directory });
    for (let n = 0; n < 3000; n += 500) await killed.push(testBatch(500, n));
    await killed.close();
    const heir = await openFileSpool({ directory, maxBytes: 500_000 });
    expect(heir.rows()).toBeGreaterThan(0);
    expect(heir.rows()).toBeLessThan(3000);
    const other = await openFileSpool({ directory });
    expect(heir.rows() + other.rows()).toBe(3000);
  });

  it('removes its directory when closed, if it may and nothing is in it; another process that uses it goes on', async () => {
    const own = join(directory, 'own');
    const open = () => openFileSpool({ directory: own, removesEmpty: true });
    const [first, second] = [await open(), await open()];
    await first.close();
    expect(await readdir(directory)).toEqual([]);
    await second.maintain();
    await second.push(testBatch(2));
    await (await open()).close();
    expect((await drain(second)).map(({ requestId }) => requestId)).toEqual(['request-0', 'request-1']);
    await second.close();
    expect(await readdir(directory)).toEqual([]);
    await (await openFileSpool({ directory: own })).close();
    expect(await readdir(directory)).toEqual(['own']);
  });

  it('says at once that its directory cannot be used', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(openFileSpool({ directory: join(directory, 'file') })).rejects.toMatchObject({
      code: 'PREDICTION_LOG_SPOOL_UNUSABLE',
    });
  });
});

import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import { describeStore } from '../store-contract/store-contract.ts';
import { testBatch, testRecord, testRecords } from '../test-records.ts';
import { openJsonLinesStore } from './json-lines-store.ts';

async function makeDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'iris-json-lines-'));
}

describeStore('JSON-lines files', async () => {
  const directory = await makeDirectory();
  return { store: await openJsonLinesStore({ directory }), dispose: () => rm(directory, { recursive: true }) };
});

describe('JSON-lines files of several processes', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await makeDirectory();
  });
  afterEach(() => rm(directory, { recursive: true }));

  const requestIds = async (limit: number, cursor?: string) => {
    const store = await openJsonLinesStore({ directory });
    const { predictions, nextCursor } = await store.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
    return { ids: predictions.map(({ requestId }) => requestId), nextCursor };
  };

  it('read as one log, newest first by time of writing', async () => {
    let time = 1000;
    const stores = await Promise.all([1, 2, 3].map(() => openJsonLinesStore({ directory, now: () => time })));
    for (let n = 0; n < 30; n++) {
      time += n % 2;
      await stores[(n * 7) % 3]?.append(encodeBatch([testRecord(n)]));
    }
    const first = await requestIds(20);
    const second = await requestIds(20, first.nextCursor ?? undefined);
    const times = [...first.ids, ...second.ids].map((id) => Math.floor(Number(id?.slice('request-'.length)) / 2 + 0.5));
    expect(times).toHaveLength(30);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(30);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('page through files larger than a chunk, each row once', async () => {
    let time = 1000;
    const stores = await Promise.all([1, 2].map(() => openJsonLinesStore({ directory, now: () => time++ })));
    for (let batch = 0; batch < 20; batch++) await stores[batch % 2]?.append(testBatch(100, 100 * batch));
    const seen: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await requestIds(150, cursor);
      seen.push(...page.ids);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(
      testRecords(2000)
        .toReversed()
        .map(({ requestId }) => requestId),
    );
  });

  it('take feedback from a process that did not predict', async () => {
    await (await openJsonLinesStore({ directory })).append(testBatch(3));
    expect(await (await openJsonLinesStore({ directory })).recordFeedback({ requestId: 'request-1', label: 'setosa' })).toBe(
      'kept',
    );
    const { predictions } = await (await openJsonLinesStore({ directory })).list({ limit: 3 });
    expect(predictions.map(({ feedback }) => feedback)).toEqual([null, 'setosa', null]);
  });

  it('survive a torn last line and damaged lines', async () => {
    const killed = await openJsonLinesStore({ directory });
    await killed.append(testBatch(3));
    const [name = ''] = await readdir(directory);
    const path = join(directory, name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [lines[0], '{"damaged', '[]', 'null', lines[1], lines[2]].join('\n'));
    await appendFile(path, `\n${lines[2]?.slice(0, 50)}`);
    expect((await requestIds(10)).ids).toEqual(['request-2', 'request-1', 'request-0']);
    const store = await openJsonLinesStore({ directory });
    expect((await store.count({ from: new Date(0), to: new Date('2100-01-01') })).length).toBe(3);
  });

  it('say that a directory which cannot be made is unavailable', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(openJsonLinesStore({ directory: join(directory, 'file', 'log') })).rejects.toMatchObject({
      code: 'PREDICTION_LOG_UNAVAILABLE',
    });
  });
});

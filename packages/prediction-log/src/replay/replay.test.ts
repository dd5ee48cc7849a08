import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchOf } from '../batch.ts';
import { encodeRecord } from '../record-json.ts';
import { listDeadLetters, openDeadLetters } from '../spool/dead-letters.ts';
import { createFaultyStore, type FaultyStore } from '../test-doubles.ts';
import { testBatch, testRecord, testRecords } from '../test-records.ts';
import { replayFile, replayLog } from './replay.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-replay-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Sets rows aside, and gives the path of their file. */
async function setAside(count: number, target = 'species'): Promise<string> {
  await openDeadLetters({ directory, target, maxBytes: 1e9 }).keep(testBatch(count), 'the table took none');
  const [path] = await listDeadLetters(directory);
  return path as string;
}

const into = (store: FaultyStore, target?: string) => ({ storeOf: () => store, target });

describe('replayFile', () => {
  it('sends what was set aside as it was, and removes the file', async () => {
    const store = createFaultyStore();
    expect(await replayFile(await setAside(1200), into(store))).toEqual({ written: 1200, left: 0 });
    expect(store.batches).toEqual([500, 500, 200]);
    expect(await store.kept()).toEqual(testRecords(1200).map(({ requestId }) => requestId));
    expect(await readdir(directory)).toEqual([]);
  });

  it('leaves rows in it that are refused again, with the reason that they had', async () => {
    const store = createFaultyStore();
    store.isBad = ({ requestId }) => requestId === 'request-2';
    const path = await setAside(5);
    expect(await replayFile(path, into(store))).toEqual({ written: 4, left: 1 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ requestId: 'request-2', reason: 'the table took none' });
    store.isBad = () => false;
    expect(await replayFile(path, into(store))).toMatchObject({ written: 1 });
  });

  it('keeps all of them while the store is away, and what a living process adds meanwhile', async () => {
    const store = createFaultyStore();
    store.mode = 'down';
    const path = await setAside(5);
    await expect(replayFile(path, into(store))).rejects.toMatchObject({ transient: true });
    await writeFile(path, `${encodeRecord(testRecord(9))}\n`);
    store.mode = 'up';
    for (const each of await listDeadLetters(directory)) await replayFile(each, into(store, 'species'));
    expect((await store.kept()).sort()).toEqual([0, 1, 2, 3, 4, 9].map((n) => `request-${n}`));
    expect(await readdir(directory)).toEqual([]);
  });

  it('keeps a row whole that has a line separator of Unicode in it', async () => {
    const store = createFaultyStore();
    await openDeadLetters({ directory, target: 'species', maxBytes: 1e9 }).keep(
      batchOf([encodeRecord(testRecord(0, { requestId: 'a\u2028b' }))]),
      'no',
    );
    const [path = ''] = await listDeadLetters(directory);
    expect(await replayFile(path, into(store))).toEqual({ written: 1, left: 0 });
    expect(await store.kept()).toEqual(['a\u2028b']);
  });

  it('leaves lines that are no rows in their file', async () => {
    const path = join(directory, 'host.dead-letters.jsonl');
    await writeFile(path, `torn {"recordId"\n${encodeRecord(testRecord(0))}\n`);
    const store = createFaultyStore();
    expect(await replayFile(path, into(store, 'species'))).toEqual({ written: 1, left: 1 });
    expect(await readFile(path, 'utf8')).toBe('torn {"recordId"\n');
  });
});

describe('replayLog', () => {
  it('finds rows between other lines, sends each to its target, and leaves those of which nobody says it', async () => {
    const stores: Record<string, FaultyStore> = { species: createFaultyStore(), churned: createFaultyStore() };
    const [first, second] = testRecords(2).map(encodeRecord) as [string, string];
    async function* lines() {
      yield '{"level":30,"msg":"stopped"}';
      yield first;
      yield `${second.slice(0, -1)},"target":"churned"}`;
    }
    const storeOf = (target: string) => stores[target] as FaultyStore;
    expect(await replayLog(lines(), { storeOf, target: 'species' })).toEqual({ written: 2, left: 0 });
    expect([await stores.species?.kept(), await stores.churned?.kept()]).toEqual([['request-0'], ['request-1']]);
    expect(await replayLog(lines(), { storeOf, target: undefined })).toEqual({ written: 1, left: 1 });
  });
});

describe('openDeadLetters', () => {
  it('takes no more than its bound, so that the rest goes elsewhere', async () => {
    const letters = openDeadLetters({ directory, target: 'species', maxBytes: 1000 });
    await letters.keep(batchOf([encodeRecord(testRecord(0))]), 'no');
    await expect(letters.keep(testBatch(3), 'no')).rejects.toThrow('has no room for more dead letters');
  });
});

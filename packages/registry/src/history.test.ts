import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, type HistoryEntry, modelBefore, readHistory, rollbackSince } from './history.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-history-'));
});
afterEach(() => rm(directory, { recursive: true }));

function entry(action: HistoryEntry['action'], version: string, previous: string | null): HistoryEntry {
  return { at: '2026-11-30T12:00:00.000Z', by: 'ada', action, version, previous, reason: 'a test' };
}

describe('the history', () => {
  it('is empty before the first change, and then has a line for each', async () => {
    expect(await readHistory(directory)).toEqual({ entries: [], damagedLines: 0 });
    const entries = [entry('promote', 'v0001', null), entry('promote', 'v0002', 'v0001')];
    for (const each of entries) await appendHistory(directory, each);
    expect(await readHistory(directory)).toEqual({ entries, damagedLines: 0 });
    expect(await readFile(join(directory, 'history.jsonl'), 'utf8')).toMatch(/^\{.*\}\n\{.*\}\n$/);
  });

  it('goes on in a line of its own behind one whose writer was killed, and counts that', async () => {
    await appendHistory(directory, entry('promote', 'v0001', null));
    await appendFile(join(directory, 'history.jsonl'), '{"at":"2026-11-');
    const next = entry('promote', 'v0002', 'v0001');
    await appendHistory(directory, next);
    const { entries, damagedLines } = await readHistory(directory);
    expect([entries.at(-1), entries.length, damagedLines]).toEqual([next, 2, 1]);
  });

  it('knows what was in service before a model was promoted, and goes further back after a rollback', () => {
    const entries = [
      entry('promote', 'v0001', null),
      entry('promote', 'v0002', 'v0001'),
      entry('promote', 'v0003', 'v0002'),
      entry('rollback', 'v0002', 'v0003'),
    ];
    const before = (name: string) => modelBefore({ entries, damagedLines: 0 }, name);
    expect([before('v0003'), before('v0002'), before('v0001'), before('v0009')]).toEqual([
      'v0002',
      'v0001',
      undefined,
      undefined,
    ]);
  });

  it('knows by which rollback the model in service came there, until one is promoted', () => {
    const since = (...entries: HistoryEntry[]) => rollbackSince({ entries, damagedLines: 0 });
    const rollback = entry('rollback', 'v0001', 'v0002');
    expect(since()).toBeUndefined();
    expect(since(entry('promote', 'v0001', null), rollback, entry('remove', 'v0002', null))).toEqual(rollback);
    expect(since(rollback, entry('promote', 'v0003', 'v0001'))).toBeUndefined();
  });
});

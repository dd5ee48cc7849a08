import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPage, readRecentHistory, readVersion } from './catalogue.ts';
import { Registry } from './registry.ts';
import { testCandidate } from './test-candidates.ts';
import { versionName } from './version-name.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-catalogue-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Two real versions, the first in service. */
async function fill(): Promise<void> {
  await new Registry({ directory, by: 'ada' }).update(async (writer) => {
    await writer.promote(await writer.add(testCandidate()), { reason: 'the first' });
    await writer.add(testCandidate('0.2.0', 'refused'));
  });
}

describe('a page of versions', () => {
  it('has the newest first, with verdicts, and says which one is in service', async () => {
    await fill();
    expect(await readPage(directory, { limit: 10 })).toMatchObject({
      total: 2,
      current: 'v0001',
      versions: [
        { name: 'v0002', isCurrent: false, verdict: { verdict: 'refused' } },
        { name: 'v0001', isCurrent: true, verdict: { verdict: 'passed' } },
      ],
    });
  });

  it('has as many as were asked for, before the one that was named, which may be gone', async () => {
    for (let number = 1; number <= 1200; number++) await mkdir(join(directory, versionName(number)));
    const names = async (limit: number, before?: string) =>
      (await readPage(directory, { limit, before })).versions.map(({ name }) => name);
    expect(await names(2)).toEqual(['v1200', 'v1199']);
    await rm(join(directory, 'v1199'), { recursive: true });
    expect(await names(2, 'v1199')).toEqual(['v1198', 'v1197']);
    expect(await names(5, 'v0003')).toEqual(['v0002', 'v0001']);
    expect(await names(5, 'v0001')).toEqual([]);
    expect(await readPage(directory, { limit: 1 })).toMatchObject({ total: 1199, hasOlder: true });
    expect(await readPage(directory, { limit: 2, before: 'v0003' })).toMatchObject({ hasOlder: false });
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['without its conditions', JSON.stringify({ ...testCandidate().verdict, checks: undefined })],
    ['of conditions that are none', JSON.stringify({ ...testCandidate().verdict, checks: [{ name: 'x' }] })],
    ['without figures', JSON.stringify({ ...testCandidate().verdict, candidate: { logLoss: 1 } })],
    ['larger than any verdict', JSON.stringify({ ...testCandidate().verdict, judgedBy: 'x'.repeat(1024 * 1024) })],
  ])('has a version without its verdict where that is %s', async (_case, text) => {
    await fill();
    await writeFile(join(directory, 'v0001', 'verdict.json'), text);
    expect(await readVersion(directory, 'v0001')).toEqual({ name: 'v0001', isCurrent: true });
  });

  it('is of no registry where there is none', async () => {
    await expect(readPage(join(directory, 'nowhere'), { limit: 1 })).rejects.toMatchObject({ code: 'REGISTRY_MISSING' });
  });
});

describe('one version', () => {
  it.each(['v0009', '../v0001', 'v0001/', '.', '', 'history.jsonl'])('is not %j', async (name) => {
    await fill();
    expect(await readVersion(directory, name)).toBeUndefined();
  });
});

describe('the recent history', () => {
  const entry = (number: number) => ({
    at: '2026-11-30T12:00:00.000Z',
    by: 'ada',
    action: 'promote',
    version: versionName(number),
    previous: null,
    reason: 'a test',
  });
  const write = (lines: readonly string[]) =>
    appendFile(join(directory, 'history.jsonl'), lines.map((line) => `${line}\n`).join(''));

  it('is empty where nothing was changed yet', async () => {
    expect(await readRecentHistory(directory, 5)).toEqual([]);
  });

  it('has the newest first, out of any number of lines', async () => {
    await write(Array.from({ length: 5000 }, (_, index) => JSON.stringify(entry(index + 1))));
    expect((await readRecentHistory(directory, 3)).map(({ version }) => version)).toEqual(['v5000', 'v4999', 'v4998']);
    expect((await readRecentHistory(directory, 5000)).length).toBeLessThan(1500);
  });

  it('leaves out lines that were cut, or are no entry', async () => {
    await write([JSON.stringify(entry(1)), '{"at":"2026', '"at"', 'null', JSON.stringify({ ...entry(2), by: 3 })]);
    expect((await readRecentHistory(directory, 5)).map(({ version }) => version)).toEqual(['v0001']);
  });
});

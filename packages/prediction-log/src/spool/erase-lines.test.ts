import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import { testRecord, testRecords } from '../test-records.ts';
import { listDeadLetters, openDeadLetters } from './dead-letters.ts';
import { countSpooled, eraseDeadLetters } from './erase-lines.ts';
import { openFileSpool } from './file-spool.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-erase-'));
});
afterEach(() => rm(directory, { recursive: true }));

const ANN = 'ann "the \\ user" é\u2028';
const withAnn = encodeBatch(testRecords(6).map((record, n) => (n % 3 === 0 ? { ...record, requestId: ANN } : record)));
const letters = (target = 'species') => openDeadLetters({ directory, target, maxBytes: 1e9 });

describe('eraseDeadLetters', () => {
  it('takes the rows out of all files, and leaves the others as they are', async () => {
    await letters().keep(withAnn, 'no room');
    await letters().keep(withAnn, 'no room');
    expect(await eraseDeadLetters(directory, { requestId: ANN, target: 'species' })).toBe(4);
    const texts = await Promise.all((await listDeadLetters(directory)).map((path) => readFile(path, 'utf8')));
    const ids = texts.map((text) =>
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { requestId: string }).requestId),
    );
    expect(ids).toEqual(Array(2).fill(['request-1', 'request-2', 'request-4', 'request-5']));
    expect(await eraseDeadLetters(directory, { requestId: ANN, target: 'species' })).toBe(0);
  });

  it('removes a file that has no other row, and leaves those of another dataset', async () => {
    await letters().keep(encodeBatch([testRecord(0)]), 'no room');
    await letters('churned').keep(encodeBatch([testRecord(0)]), 'no room');
    expect(await eraseDeadLetters(directory, { requestId: 'request-0', target: 'species' })).toBe(1);
    expect(await listDeadLetters(directory)).toHaveLength(1);
  });

  it('knows a row without a request id by its own id', async () => {
    const { recordId } = testRecord(0);
    await letters().keep(encodeBatch([testRecord(0, { requestId: recordId }), testRecord(1)]), 'no room');
    expect(await eraseDeadLetters(directory, { requestId: recordId, target: 'species' })).toBe(1);
  });
});

describe('countSpooled', () => {
  it('counts rows that wait, of a living process too, and touches none', async () => {
    const spool = await openFileSpool({ directory });
    await spool.push(withAnn);
    expect(await countSpooled(directory, { requestId: ANN, target: 'species' })).toBe(2);
    expect((await spool.peek())?.rows).toBe(6);
    await spool.close();
  });
});

import { type IncomingMessage, request } from 'node:http';
import { platform } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { peakMemoryMib } from './support/memory.ts';

const ROWS = 1_000_000;
const ROWS_A_CHUNK = 1000;
const MEMORY_MIB = 256;

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
});
afterAll(() => api.terminate());

function* chunks(rowAt: (index: number) => string, header = ''): Generator<string> {
  if (header !== '') yield header;
  for (let start = 0; start < ROWS; start += ROWS_A_CHUNK) {
    yield Array.from({ length: ROWS_A_CHUNK }, (_, index) => rowAt(start + index)).join('');
  }
}

/** Uploads the chunks and counts the answered lines while they come. */
async function countAnswers(type: string, body: Iterable<string>, isAnswer: (line: string) => boolean): Promise<number> {
  const outgoing = request(`${api.url}/predict/batch?log=false`, { method: 'POST', headers: { 'content-type': type } });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  outgoing.once('error', reject);
  outgoing.once('response', (response) => resolve(countLines(response, isAnswer)));
  await pipeline(Readable.from(body), outgoing);
  return promise;
}

async function countLines(response: IncomingMessage, isAnswer: (line: string) => boolean): Promise<number> {
  let answers = 0;
  for await (const line of createInterface({ input: response })) if (isAnswer(line)) answers++;
  return answers;
}

describe(`a stream of ${ROWS.toLocaleString('en')} rows`, () => {
  it('NDJSON: every row is answered', { timeout: 120_000 }, async () => {
    const row = (index: number) => `{"features":[5.1,3.5,1.4,${(index % 25) / 10}],"request_id":"${index}"}\n`;
    expect(await countAnswers('application/x-ndjson', chunks(row), (line) => line.includes('"prediction"'))).toBe(ROWS);
  });

  it('CSV: every row is answered', { timeout: 120_000 }, async () => {
    const row = (index: number) => `5.1,3.5,1.4,${(index % 25) / 10}\n`;
    const header = 'sepal_length,sepal_width,petal_length,petal_width\n';
    expect(await countAnswers('text/csv', chunks(row, header), (line) => /^\d+,(setosa|versicolor|virginica),/.test(line))).toBe(
      ROWS,
    );
  });

  // The kernel's count is Linux's alone; the streams above run everywhere.
  it.runIf(platform() === 'linux')('stays below 256 MB of memory', async () => {
    expect(await peakMemoryMib(api.pid)).toBeLessThan(MEMORY_MIB);
  });
});

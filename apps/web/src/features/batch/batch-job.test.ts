import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../lib/api/client.ts';
import { createBatchJob } from './batch-job.ts';
import { fileOf, SCHEMA } from './test-files.ts';

type Fetch = Parameters<typeof createBatchJob>[0];

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => `${index % 100},${index},forest\n`).join('');
const FILE = `height,leaves,place\n${rowsOf(5000)}x,1,forest\n`;

/** An API that answers every line; `answered` lines in all, then it breaks off. */
function api(answered = Number.POSITIVE_INFINITY) {
  const seen: number[] = [];
  let left = answered;
  const fetchFrom: Fetch = async (_path, init) => {
    init?.signal?.throwIfAborted();
    const instances = String(init?.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { leaves: number });
    const lines = instances.slice(0, left).map(({ leaves }, index) => {
      seen.push(leaves);
      const probabilities = { herb: 0, tree: 1 };
      return JSON.stringify({
        line: index + 1,
        prediction: 'tree',
        probabilities,
        model: 'rf',
        version: '1',
        request_id: `${leaves}`,
      });
    });
    left -= lines.length;
    return new Response(lines.map((line) => `${line}\n`).join(''));
  };
  return {
    seen,
    fetchFrom,
    recover() {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

async function opened(fetchFrom: Fetch) {
  const job = createBatchJob(fetchFrom);
  await job.open(fileOf(FILE), SCHEMA);
  return job;
}

describe('a batch job', () => {
  it('opens a file and tells what it amounts to', async () => {
    const job = createBatchJob(api().fetchFrom);
    expect(await job.open(fileOf(FILE), SCHEMA)).toEqual({
      summary: {
        rows: 5001,
        valid: 5000,
        faults: [{ column: 'height', kind: 'notANumber', count: 1, firstLine: 5002 }],
        otherColumns: [],
        separator: ',',
        decimalSign: '.',
        encoding: 'utf-8',
      },
    });
  });

  it('refuses a file that cannot be scored, and holds nothing of the one before', async () => {
    const job = await opened(api().fetchFrom);
    expect(await job.open(fileOf('height\n1'), SCHEMA)).toEqual({
      refusal: { kind: 'columnsMissing', columns: ['leaves', 'place'] },
    });
    expect(job.preview({ offset: 0, limit: 10, faultyOnly: false })).toEqual([]);
    const large = { size: 51 * 2 ** 20 } as Blob;
    expect(await job.open(large, SCHEMA)).toEqual({ refusal: { kind: 'tooLarge', megabytes: 50 } });
    const gone = { size: 1, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob;
    expect(await job.open(gone, SCHEMA)).toEqual({ refusal: { kind: 'unreadable' } });
  });

  it('shows a page of it, or of the rows with faults only', async () => {
    const job = await opened(api().fetchFrom);
    const page = job.preview({ offset: 4990, limit: 25, faultyOnly: false });
    expect(page).toHaveLength(11);
    expect(page[0]).toEqual({ line: 4992, cells: ['90', '4990', 'forest'], faults: [], answer: undefined });
    expect(job.preview({ offset: 0, limit: 25, faultyOnly: true }).map(({ line }) => line)).toEqual([5002]);
    expect(job.preview({ offset: 1, limit: 25, faultyOnly: true })).toEqual([]);
  });

  it('scores every valid row once, in order, and reports on the way', async () => {
    const { seen, fetchFrom } = api();
    const job = await opened(fetchFrom);
    const reports: number[] = [];
    expect(await job.score(false, (done) => reports.push(done))).toEqual({ ended: 'done' });
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
    expect(reports.length).toBeGreaterThan(40);
    expect(reports.at(-1)).toBe(5000);
    expect(job.answers()).toEqual({
      answered: 5000,
      refused: 0,
      byClass: [
        { name: 'herb', count: 0 },
        { name: 'tree', count: 5000 },
      ],
      byVersion: [{ name: 'rf 1', count: 5000 }],
    });
    const lines = (await job.result(false).text()).split('\r\n');
    expect(lines).toHaveLength(5003);
    expect(lines[5001]).toBe('x,1,forest,,,,,,"height ""x"" is not a number"');
  });

  it('goes on where it broke off, without asking again for what it has', async () => {
    const { seen, fetchFrom, recover } = api(3210);
    const job = await opened(fetchFrom);
    expect(await job.score(false, () => undefined)).toMatchObject({ ended: 'failed', problem: { code: 'API_UNREACHABLE' } });
    expect(job.answers().answered).toBe(3210);
    recover();
    const reports: number[] = [];
    expect(await job.score(false, (done) => reports.push(done))).toEqual({ ended: 'done' });
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect(reports[0]).toBeGreaterThan(3210);
  });

  it('tells a problem of the API with its code', async () => {
    const job = await opened(() => Promise.reject(new ApiProblem('OVERLOADED', 503, 'busy')));
    const problem = { code: 'OVERLOADED', status: 503, detail: 'busy' };
    expect(await job.score(false, () => undefined)).toEqual({ ended: 'failed', problem });
  });

  it('is cancelled, keeps what it has, and goes on', async () => {
    const { seen, fetchFrom } = api();
    const job = await opened(fetchFrom);
    const cancelled = await job.score(false, (done) => {
      if (done > 2500) job.cancel();
    });
    expect(cancelled).toEqual({ ended: 'cancelled' });
    expect(job.answers().answered).toBeLessThan(5000);
    expect(await job.score(false, () => undefined)).toEqual({ ended: 'done' });
    expect(seen).toHaveLength(5000);
  });

  it('keeps the byte order mark of the file, by which a spreadsheet knows its encoding', async () => {
    const job = createBatchJob(api().fetchFrom);
    await job.open(fileOf(`\uFEFF${FILE}`), SCHEMA);
    const bytes = new Uint8Array(await job.result(false).arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 'h'.charCodeAt(0)]);
  });
});

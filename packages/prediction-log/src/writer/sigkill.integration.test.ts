/** What a SIGKILL of the writing process may lose, in milliseconds of recording. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PredictionStore } from '../port.ts';
import { createPostgresStore } from '../postgres/postgres-store.ts';
import { openFileSpool } from '../spool/file-spool.ts';
import { systemClock } from '../system-clock.ts';
import { DEFAULT_WRITER_LIMITS } from './limits.ts';
import { createPredictionWriter } from './prediction-writer.ts';

const TICK_MS = 10;
/** For the statement under way, the sync of the spool and a busy machine. */
const MARGIN_MS = 500;
const LEASE_MS = 100;

let postgres: TemporaryPostgres;
let store: PredictionStore;
let directory = '';

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-sigkill-'));
  store = createPostgresStore({ connectionString: postgres.url, target: 'species' });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

/** A process that records one row in each tick and prints the row's number, its time and how many rows are written and spooled. */
function startRecording(version: string): ChildProcess {
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { createPredictionWriter } from ${module('./prediction-writer.ts')};
    import { createPostgresStore } from ${module('../postgres/postgres-store.ts')};
    import { openFileSpool } from ${module('../spool/file-spool.ts')};
    import { systemClock } from ${module('../system-clock.ts')};
    import { testPrediction } from ${module('../test-records.ts')};
    const store = createPostgresStore({ connectionString: ${JSON.stringify(postgres.url)}, target: 'species' });
    const spool = await openFileSpool({ directory: ${JSON.stringify(directory)} });
    const writer = createPredictionWriter({ store, spool, clock: systemClock, random: Math.random });
    let n = 0;
    setInterval(() => {
      const { written, spooled } = writer.stats();
      writer.record(testPrediction(n, { version: ${JSON.stringify(version)}, recordId: crypto.randomUUID() }));
      console.log([n++, Date.now(), written, spooled].join(' '));
    }, ${TICK_MS});`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills the process as soon as its line satisfies `isReady`; gives the rows' times by number. */
async function killWhen(
  child: ChildProcess,
  isReady: (n: number, written: number, spooled: number) => boolean,
): Promise<number[]> {
  const times: number[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [n = 0, time = 0, written = 0, spooled = 0] = line.split(' ').map(Number);
    times[n] = time;
    if (isReady(n, written, spooled)) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return times;
}

/** Numbers of the rows kept for that version. */
async function keptNumbers(version: string): Promise<number[]> {
  const { predictions } = await store.list({ limit: 1000, version });
  return predictions.map(({ requestId }) => Number(requestId?.slice('request-'.length))).sort((a, b) => a - b);
}

/** Milliseconds before the last row at which the oldest lost row was recorded; 0 when none is lost. */
function lostMs(times: readonly number[], kept: readonly number[]): number {
  const oldest = times.findIndex((_, n) => !kept.includes(n));
  return oldest < 0 ? 0 : (times.at(-1) ?? 0) - (times[oldest] ?? 0);
}

describe('a SIGKILL of the writing process', () => {
  it(`loses at most the last ${DEFAULT_WRITER_LIMITS.flushMs} ms and the statement under way while PostgreSQL is there`, async () => {
    const times = await killWhen(startRecording('1'), (n, written) => n >= 100 && written >= 50);
    const kept = await keptNumbers('1');
    expect(kept.length).toBeGreaterThanOrEqual(50);
    expect(kept).toEqual(kept.map((_, i) => i));
    expect(lostMs(times, kept)).toBeLessThanOrEqual(DEFAULT_WRITER_LIMITS.flushMs + MARGIN_MS);
  });

  it(`loses at most the last ${DEFAULT_WRITER_LIMITS.spillMs} ms while PostgreSQL is away: the rest is in the spool`, async () => {
    await postgres.kill();
    const times = await killWhen(startRecording('2'), (n, _written, spooled) => n >= 200 && spooled >= 150);
    await postgres.restart();

    const spool = await openFileSpool({ directory, leaseMs: LEASE_MS });
    await expect.poll(() => spool.maintain().then(() => spool.rows())).toBeGreaterThan(0);
    const heir = createPredictionWriter({ store, spool, clock: systemClock, random: Math.random });
    expect(await heir.flush()).toBe(true);
    await heir.close(1000);
    const kept = await keptNumbers('2');
    expect(kept.length).toBeGreaterThanOrEqual(150);
    expect(kept).toEqual(kept.map((_, i) => i));
    expect(lostMs(times, kept)).toBeLessThanOrEqual(DEFAULT_WRITER_LIMITS.spillMs + MARGIN_MS);
  });
});

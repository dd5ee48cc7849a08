/** A prediction log of many rows: pages, filters, statistics, drift and retention, on a real PostgreSQL. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres } from '@iris/local-postgres';
import type { PredictionQuery, PredictionStore } from '@iris/prediction-log';
import { createPostgresStore, deleteOlderThan } from '@iris/prediction-log/postgres';
import { median } from '../statistics.ts';
import { COMMON_VERSION, DAYS, DISJOINT, fillLog, RARE_LABEL, RARE_VERSION, TARGET } from './fill.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE_ROWS = 50;
const TURNS = 15;
const DRIFT_ROWS = 1_000_000;
const DAY_MS = 86_400_000;
/** Older than this goes, to time it: a little more than a day. */
const RETAINED_DAYS = 89;

/** Time of something, repeated. */
interface Timing {
  readonly what: string;
  readonly medianMs: number;
  readonly maxMs: number;
}

/** What was measured. */
export interface LogSizeFigures {
  readonly rows: number;
  readonly bytesPerRow: number;
  /** Pages of 50 rows. */
  readonly pages: readonly Timing[];
  readonly statistics: readonly Timing[];
  readonly feedbackMs: number;
  /** `node drift.js` over the newest million rows, from its start to its end. */
  readonly driftSeconds: number;
  readonly retainedPerSecond: number;
}

/** Where the rows are. */
export interface LogSizeOptions {
  readonly rows: number;
  /** A database that has them already; else one is filled, which takes a minute for a million. */
  readonly databaseUrl?: string;
}

/** Fills a database unless there is one, and measures. */
export async function measureLogSize(
  { rows, databaseUrl }: LogSizeOptions,
  report: (line: string) => void,
): Promise<LogSizeFigures> {
  if (databaseUrl !== undefined) return measure(databaseUrl, report);
  const postgres = await startTemporaryPostgres();
  try {
    await fillLog(postgres.url, rows, report);
    return await measure(postgres.url, report);
  } finally {
    await postgres.stop();
  }
}

async function measure(url: string, report: (line: string) => void): Promise<LogSizeFigures> {
  const [table] = await runSql<{ rows: number; bytes: number; last: string; id: string }>(
    url,
    `SELECT count(*)::float8 AS rows, pg_total_relation_size('predictions')::float8 AS bytes, max(id)::text AS last,
            (array_agg(request_id) FILTER (WHERE id % 1000001 = 0))[1] AS id FROM predictions`,
  );
  const { rows, bytes, last, id } = table!;
  const store = createPostgresStore({ connectionString: url, target: TARGET });
  try {
    report('log size: pages and statistics');
    const pages = await timePages(store, String(Number(last) - Math.floor(rows * 0.9)));
    const statistics = [];
    for (const days of [1, 7, DAYS + 1]) {
      const [to, from] = [new Date(), new Date(Date.now() - days * DAY_MS)];
      statistics.push(await time(`${days} days`, () => store.count({ from, to })));
    }
    const feedback = await time('feedback', () => store.recordFeedback({ requestId: id, label: 'setosa', replace: true }));
    report('log size: drift');
    const driftSeconds = await timeDrift(url);
    report('log size: retention');
    return {
      rows,
      bytesPerRow: bytes / rows,
      pages,
      statistics,
      feedbackMs: feedback.medianMs,
      driftSeconds,
      retainedPerSecond: await timeRetention(url),
    };
  } finally {
    await store.close();
  }
}

async function timePages(store: PredictionStore, deep: string): Promise<Timing[]> {
  const filters: readonly (readonly [string, Omit<PredictionQuery, 'limit'>])[] = [
    ['no filter', {}],
    [`version ${COMMON_VERSION}`, { version: COMMON_VERSION }],
    ['a version of ten rows', { version: RARE_VERSION }],
    ['a version of none', { version: 'none' }],
    ['label setosa', { label: 'setosa' }],
    ['a label of few rows', { label: RARE_LABEL }],
    ['a label of none', { label: 'none' }],
    [`version ${COMMON_VERSION}, label setosa`, { version: COMMON_VERSION, label: 'setosa' }],
    ['a version and a label of millions, none of both', DISJOINT],
  ];
  const timings: Timing[] = [];
  for (const [what, filter] of filters) {
    timings.push(await time(`${what}: first`, () => store.list({ limit: PAGE_ROWS, ...filter })));
    timings.push(await time(`${what}: nine tenths back`, () => store.list({ limit: PAGE_ROWS, cursor: deep, ...filter })));
  }
  return timings;
}

async function time(what: string, work: () => Promise<unknown>): Promise<Timing> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return { what, medianMs: median(times), maxMs: Math.max(...times) };
}

/** The command as a process, on a span that holds a million rows. */
async function timeDrift(url: string): Promise<number> {
  const [span] = await runSql<{ from: Date; to: Date }>(
    url,
    `SELECT min(created_at) AS from, max(created_at) + interval '1 ms' AS to
     FROM (SELECT created_at FROM predictions ORDER BY created_at DESC LIMIT ${DRIFT_ROWS}) AS newest`,
  );
  const directory = await mkdtemp(join(tmpdir(), 'iris-log-size-'));
  try {
    const model = join(directory, 'model.json');
    const run = (program: string, argv: readonly string[], env = {}) =>
      promisify(execFile)(process.execPath, [join(ROOT, program), ...argv], { env: { ...process.env, ...env } });
    await run('apps/trainer/src/main.ts', [
      '--dataset',
      'iris',
      '--model',
      'rf',
      '--version',
      '1.1.0',
      '--evaluate',
      'holdout',
      '--out',
      model,
    ]);
    const began = performance.now();
    const argv = ['--json', '--from', span!.from.toISOString(), '--to', span!.to.toISOString()];
    // Exit codes 1 and 2 are verdicts.
    await run('apps/api/src/drift/main.ts', argv, { DATABASE_URL: url, MODEL_FILE: model }).catch((error: { code?: unknown }) => {
      if (error.code !== 1 && error.code !== 2) throw error;
    });
    return (performance.now() - began) / 1000;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Its pauses included. */
async function timeRetention(url: string): Promise<number> {
  const began = performance.now();
  const before = new Date(Date.now() - RETAINED_DAYS * DAY_MS);
  const { deleted } = await deleteOlderThan({ connectionString: url, target: TARGET, before });
  return deleted / ((performance.now() - began) / 1000);
}

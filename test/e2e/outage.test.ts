/** The default, a DATABASE_URL and nothing else, through a minute without the database: the bundled server with the flags and the memory of its pod. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { announcedPort } from './support/api-process.ts';
import { peakMemoryMib } from './support/memory.ts';
import { post } from './support/no-retry-client.ts';
import { type RunningProcess, startNode } from './support/processes.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** As the image's, and the limit of its pod. */
const FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=20', '--max-old-space-size=64'];
const LIMIT_MIB = 128;
const OUTAGE_MS = 60_000;
const PREDICTIONS_PER_SECOND = 5000;
const CLIENTS = 8;
/** Of each request: so that the load leaves the processors to the server. */
const ROWS = 10;
const TICK_MS = 2;
const TEST_MS = 300_000;
/** Where no folder can be made. */
const NO_FOLDER = '/proc/nowhere';

let scratch: string;
let server: string;
let postgres: TemporaryPostgres;
let api: RunningProcess;
let port: number;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'iris-outage-'));
  server = join(scratch, 'server.mjs');
  const bundle = ['scripts/bundle.ts', 'apps/api/src/main.ts', '--outfile', server, '--assets', '@fastify/swagger-ui/static'];
  const [started, code] = await Promise.all([startTemporaryPostgres(), startNode(bundle, {}).ended]);
  postgres = started;
  expect(code).toBe(0);
});
afterEach(async () => {
  api.child.kill('SIGTERM');
  await api.ended;
});
afterAll(async () => {
  await postgres.stop();
  await rm(scratch, { recursive: true });
});

async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  api = startNode([...FLAGS, server], {
    PORT: '0',
    HOST: '127.0.0.1',
    DRAIN_MS: '0',
    SHUTDOWN_MS: '1000',
    // A busy machine must not make it shed.
    MAX_EVENT_LOOP_DELAY_MS: '60000',
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    ...environment,
  });
  port = await announcedPort(api);
}

/** Sends predictions at the rate, or as fast as they are answered, until stopped. */
function startPredictions() {
  const result = { predictions: 0, failures: [] as string[] };
  const begin = performance.now();
  let [sent, isStopped] = [0, false];

  async function loop(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const body = JSON.stringify({ instances: Array.from({ length: ROWS }, () => SETOSA) });
    while (!isStopped) {
      if (sent >= ((performance.now() - begin) / 1000) * PREDICTIONS_PER_SECOND) {
        await sleep(TICK_MS);
        continue;
      }
      sent += ROWS;
      const { status, body: answer } = await post(agent, port, '/predict/batch', body);
      if (status === 200) result.predictions += ROWS;
      else result.failures.push(`${status} ${answer}`);
    }
    agent.destroy();
  }

  const loops = Array.from({ length: CLIENTS }, loop);
  return {
    result,
    async stop() {
      isStopped = true;
      await Promise.all(loops);
      return { ...result, perSecond: Math.round(result.predictions / ((performance.now() - begin) / 1000)) };
    },
  };
}

async function metric(name: string): Promise<number> {
  const exposition = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^prediction_log_${name} (\\S+)$`, 'm').exec(exposition)?.[1]);
}

async function countRows(): Promise<unknown> {
  const text = 'SELECT count(*)::int AS rows, count(DISTINCT record_id)::int AS single FROM predictions';
  return (await runSql(postgres.url, text))[0];
}

describe('with a DATABASE_URL and nothing else', () => {
  it(`an outage of ${OUTAGE_MS / 1000} s at ${PREDICTIONS_PER_SECOND} predictions a second loses none, within ${LIMIT_MIB} MiB`, {
    timeout: TEST_MS,
  }, async () => {
    await start({ DATABASE_URL: postgres.url, HOME: scratch });
    const load = startPredictions();
    await expect.poll(() => metric('written_total')).toBeGreaterThan(1000);
    await postgres.kill();
    await sleep(OUTAGE_MS);
    const waiting = await metric('spooled');
    await postgres.restart();
    const returnedAt = performance.now();
    await expect.poll(() => metric('away'), { interval: 50 }).toBe(0);
    const backMs = Math.round(performance.now() - returnedAt);
    const { predictions, failures, perSecond } = await load.stop();
    await expect.poll(() => metric('written_total'), { timeout: 120_000, interval: 500 }).toBe(predictions);
    const peakMib = process.platform === 'linux' ? Math.round(await peakMemoryMib(api.pid)) : 0;
    console.log({ predictions, perSecond, waiting, backMs, peakMib });

    expect(failures).toEqual([]);
    expect(await metric('dropped_total')).toBe(0);
    expect(await countRows()).toEqual({ rows: predictions, single: predictions });
    expect(waiting).toBeGreaterThan(0.5 * perSecond * (OUTAGE_MS / 1000));
    expect(peakMib).toBeLessThan(LIMIT_MIB);
    // The rows of people who ask for something: nobody else may read them.
    expect((await stat(join(scratch, '.local', 'state', 'iris'))).mode & 0o077).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    'and without a folder it says how many rows memory holds, holds them, and says what is lost beyond',
    { timeout: TEST_MS },
    async () => {
      await start({ DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris', HOME: NO_FOLDER, TMPDIR: NO_FOLDER });
      const said = (text: string) => api.lines.filter((line) => line.includes(text));
      const [, rows] = /memory holds about (\d+) of them/.exec(said('prediction_log_no_spool')[0] ?? '') ?? [];
      expect(Number(rows)).toBeGreaterThan(40_000);

      const load = startPredictions();
      await expect.poll(() => metric('queued'), { timeout: 120_000 }).toBeGreaterThan(0.95 * Number(rows));
      expect([await metric('dropped_total'), said('prediction_log_dropped').length]).toEqual([0, 0]);
      await expect.poll(() => metric('dropped_total'), { timeout: 120_000 }).toBeGreaterThan(10_000);
      const { predictions, failures } = await load.stop();
      expect(failures).toEqual([]);
      expect(said('"prediction_log_dropped"')[0]).toContain('memory is full');
      const dropped = await metric('dropped_total');
      const peakMib = Math.round(await peakMemoryMib(api.pid));
      console.log({ predictions, dropped, peakMib });
      expect(peakMib).toBeLessThan(LIMIT_MIB);

      api.child.kill('SIGTERM');
      await api.ended;
      expect(said('{"recordId"').length).toBe(predictions - dropped);
    },
  );
});

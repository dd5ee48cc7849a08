/**
 * Through PgBouncer in transaction mode, where each transaction may run on another connection of the server, and one connection serves many
 * clients. Needs the program `pgbouncer` (Debian: apt-get install pgbouncer); it is asked for where IRIS_PGBOUNCER=1 says so, as .ci/run does.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PredictionStore } from '../port.ts';
import { systemClock } from '../system-clock.ts';
import { ALWAYS, testPrediction } from '../test-records.ts';
import type { WriterEvent } from '../writer/events.ts';
import { createPredictionWriter } from '../writer/prediction-writer.ts';
import { createPostgresStore } from './postgres-store.ts';

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find(isProgram);
const isAskedFor = process.env.IRIS_PGBOUNCER === '1';
if (!program && !isAskedFor)
  console.warn('PgBouncer is not installed: what goes through it is not tested here (apt-get install pgbouncer)');

function isProgram(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

let postgres: TemporaryPostgres;
let bouncer: ChildProcess | undefined;
let port = 0;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return free;
}

const isListening = () =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** The pooler as it comes: no parameter of the start-up is let pass that it does not know. */
async function startBouncer(): Promise<void> {
  port = await freePort();
  const { username, password } = new URL(postgres.url);
  const server = `host=127.0.0.1 port=${postgres.port} user=${username} password=${password}`;
  const settings = [
    '[databases]',
    `two = dbname=iris ${server} pool_size=2`,
    `one = dbname=iris ${server} pool_size=1`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'max_client_conn = 200',
  ];
  const file = join(postgres.directory, 'pgbouncer.ini');
  writeFileSync(file, `${settings.join('\n')}\n`);
  chmodSync(file, 0o644);
  // It refuses to run as root, as PostgreSQL does.
  const { uid, gid } = statSync(join(postgres.directory, 'data'));
  bouncer = spawn(program ?? 'pgbouncer', [file], { stdio: 'ignore', uid, gid });
  while (!(await isListening())) {
    if (bouncer.exitCode !== null) throw new Error(`PgBouncer ended with ${bouncer.exitCode}`);
    await sleep(20);
  }
}

function openWriter(database: string, target: string) {
  const store = createPostgresStore({
    connectionString: `postgresql://anybody@127.0.0.1:${port}/${database}?connect_timeout=20`,
    target,
  });
  const events: WriterEvent[] = [];
  const limits = { batchRows: 50 };
  const writer = createPredictionWriter({
    store,
    clock: systemClock,
    random: Math.random,
    limits,
    onEvent: (event) => events.push(event),
  });
  return { store, writer, events };
}

async function countScanned(store: PredictionStore): Promise<number> {
  let rows = 0;
  for await (const part of store.scan(ALWAYS)) rows += part.length;
  return rows;
}

describe.skipIf(!program && !isAskedFor)('through PgBouncer in transaction mode', () => {
  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    await startBouncer();
  });
  afterAll(async () => {
    bouncer?.kill();
    await postgres.stop();
  });

  it.each([
    ['two', 2],
    ['one', 1],
  ])(
    '%s connection(s) serve two processes with two datasets each at once: no row is lost, and all is read and judged',
    async (database) => {
      await runSql(postgres.url, 'DROP TABLE IF EXISTS predictions, prediction_log_migrations CASCADE');
      const logs = ['species', 'churned', 'species', 'churned'].map((target) => openWriter(database, target));
      const rows = 2000;
      for (let n = 0; n < rows; n += 20) {
        for (const [index, { writer }] of logs.entries()) {
          for (let k = n; k < n + 20; k++) writer.record(testPrediction(index * rows + k));
        }
        await Promise.all([...logs.map(({ writer }) => writer.flush()), ...logs.map(({ store }) => store.list({ limit: 5 }))]);
      }
      expect(await logs[0]?.store.recordFeedback({ requestId: 'request-3', label: 'setosa' })).toBe('kept');
      const counts = await Promise.all(logs.map(({ store }) => store.count(ALWAYS)));
      expect(counts.map((each) => each.reduce((sum, { predictions }) => sum + predictions, 0))).toEqual([4000, 4000, 4000, 4000]);
      expect(await Promise.all(logs.map(({ store }) => countScanned(store)))).toEqual([4000, 4000, 4000, 4000]);
      for (const { writer, store, events } of logs) {
        expect(await writer.close(20_000)).toMatchObject({ written: rows, dropped: 0, setAside: 0, queued: 0 });
        expect(events).toEqual([]);
        await store.close();
      }
      const [kept] = await runSql(
        postgres.url,
        'SELECT count(*)::int AS rows, count(species)::int AS species, count(DISTINCT record_id)::int AS single FROM predictions',
      );
      expect(kept).toEqual({ rows: 4 * rows, species: 2 * rows, single: 4 * rows });
    },
  );

  it('leaves no setting behind on a connection that others get after it', async () => {
    const { store, writer } = openWriter('one', 'species');
    writer.record(testPrediction(1));
    await writer.flush();
    await store.list({ limit: 1 });
    await store.count(ALWAYS);
    await countScanned(store);
    const show = (setting: string) => runSql(`postgresql://anybody@127.0.0.1:${port}/one`, `SHOW ${setting}`);
    expect(await show('statement_timeout')).toEqual([{ statement_timeout: '0' }]);
    expect(await show('enable_sort')).toEqual([{ enable_sort: 'on' }]);
    await writer.close(1000);
    await store.close();
  });

  it('a statement that waits for a lock is ended by the server, and the row is kept when the lock is gone', async () => {
    const { store, writer, events } = openWriter('two', 'species');
    await writer.flush();
    const locker = new Client({ connectionString: postgres.url });
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE predictions');
    writer.record(testPrediction(123_456));
    await expect.poll(() => events).toEqual([{ kind: 'away', reason: expect.stringContaining('statement timeout') }]);
    await locker.query('COMMIT');
    await locker.end();
    await expect.poll(() => writer.stats().written).toBe(1);
    await writer.close(1000);
    await store.close();
  });

  it('a pooler whose server is away means later', { timeout: 150_000 }, async () => {
    const { store, writer, events } = openWriter('two', 'species');
    writer.record(testPrediction(123_457));
    await expect.poll(() => writer.stats().written).toBe(1);
    await postgres.kill();
    writer.record(testPrediction(123_458));
    await expect.poll(() => events.length, { timeout: 60_000 }).toBe(1);
    await postgres.restart();
    await expect.poll(() => writer.stats().written, { timeout: 60_000 }).toBe(2);
    expect(await writer.close(1000)).toMatchObject({ setAside: 0, dropped: 0 });
    await store.close();
  });
});

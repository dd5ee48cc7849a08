/** What the API says, once, when its prediction log goes away and comes back, in its log and under /metrics; `/ready` is not touched. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startNode } from './support/processes.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const PATIENTLY = '?connect_timeout=20';

let postgres: TemporaryPostgres;
let api: ApiProcess | undefined;
let spool = '';
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  await sql("CREATE ROLE stranger LOGIN PASSWORD 'known'; CREATE ROLE asleep LOGIN PASSWORD 'known'");
});
beforeEach(async () => {
  spool = await mkdtemp(join(tmpdir(), 'iris-states-'));
});
afterEach(async () => {
  await api?.terminate();
  await rm(spool, { recursive: true });
});
afterAll(() => postgres.stop());

const sql = (text: string) => runSql(postgres.url, text);

/** The address of the database with another user, password or port; a busy machine may take its time to connect. */
function address(change: Partial<Record<'username' | 'password' | 'port' | 'pathname' | 'search', string>> = {}): string {
  return Object.assign(new URL(postgres.url), { search: PATIENTLY }, change).href;
}

async function start(DATABASE_URL: string): Promise<ApiProcess> {
  api = await startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    DATABASE_URL,
    SPOOL_DIR: spool,
    SHUTDOWN_MS: '1000',
  });
  return api;
}

interface Line {
  readonly level: number;
  readonly event?: string;
  readonly msg: string;
}

/** The lines about the log and its database, oldest first. */
function told(): Line[] {
  return (api?.lines ?? []).filter((line) => line.includes('"event":"prediction_log_')).map((line) => JSON.parse(line) as Line);
}

async function metric(name: string): Promise<number> {
  const exposition = await (await api!.get('/metrics')).text();
  return Number(new RegExp(`^prediction_log_${name} (\\S+)$`, 'm').exec(exposition)?.[1]);
}

const AWAY = { level: 40, event: 'prediction_log_away' };
const BACK = { level: 30, event: 'prediction_log_back' };

describe('a database that is away', () => {
  it.each([
    [
      'a wrong password',
      () => address({ password: 'wrong' }),
      /password authentication failed.*are user and password of DATABASE_URL right/,
    ],
    ['nobody at the port', () => address({ port: '1' }), /ECONNREFUSED.*is the server running/],
    ['a database that is not there', () => address({ pathname: '/nowhere' }), /"nowhere" does not exist.*create the database/],
    [
      'TLS that the server has not',
      () => address({ search: `${PATIENTLY}&sslmode=require` }),
      /does not support SSL.*sslmode=prefer/,
    ],
    [
      'no right to make the table',
      () => address({ username: 'stranger', password: 'known' }),
      /cannot be prepared: .*may not change it: its owner runs the migrations/,
    ],
  ])('because of %s is said once, at the start, with the reason', async (_case, url, reason) => {
    await start(url());
    await expect.poll(() => told()).toEqual([expect.objectContaining({ ...AWAY, msg: expect.stringMatching(reason) })]);
    expect((await api!.post('/predict', SETOSA)).status).toBe(200);
    await expect.poll(() => metric('spooled')).toBe(1);
    expect([await metric('away'), await metric('away_total'), await metric('back_total')]).toEqual([1, 1, 0]);
    expect((await api!.get('/ready')).status).toBe(200);
    expect(told()).toHaveLength(1);
  });

  it('is said once when it goes and once when it is back, which is within a second or two', async () => {
    await start(address());
    await api!.post('/predict', SETOSA);
    await expect.poll(() => metric('written_total')).toBe(1);
    expect(told()).toEqual([]);
    await postgres.kill();
    await api!.post('/predict', SETOSA);
    await expect.poll(() => told()).toEqual([expect.objectContaining(AWAY)]);
    await postgres.restart();
    await expect.poll(() => told()).toEqual([expect.objectContaining(AWAY), expect.objectContaining(BACK)]);
    expect([await metric('away'), await metric('away_total'), await metric('back_total')]).toEqual([0, 1, 1]);
    await expect.poll(() => metric('written_total')).toBe(2);
  });

  it('because it became read-only is said with the cure, and the rows are kept when it is no longer', async () => {
    await start(address());
    await api!.post('/predict', SETOSA);
    await expect.poll(() => metric('written_total')).toBe(1);
    await sql('ALTER SYSTEM SET default_transaction_read_only = on');
    await sql('SELECT pg_reload_conf()');
    try {
      await expect.poll(() => sql('SHOW transaction_read_only')).toEqual([{ transaction_read_only: 'on' }]);
      await api!.post('/predict', SETOSA);
      await expect
        .poll(() => told())
        .toEqual([
          expect.objectContaining({ ...AWAY, msg: expect.stringMatching(/read-only.*DATABASE_URL must name the primary/) }),
        ]);
    } finally {
      await sql('ALTER SYSTEM RESET default_transaction_read_only');
      await sql('SELECT pg_reload_conf()');
    }
    await expect.poll(() => metric('written_total')).toBe(2);
    expect(told().slice(1)).toEqual([expect.objectContaining(BACK)]);
  });
});

describe('npm run replay', () => {
  async function replayWith(environment: Readonly<Record<string, string>>, ...args: string[]) {
    const settings = { DATABASE_URL: postgres.url, SPOOL_DIR: spool, ...environment };
    const program = startNode(['apps/api/src/replay/main.ts', ...args], settings);
    return { code: await program.ended, output: program.lines.join('\n') };
  }
  const replay = (...args: string[]) => replayWith({}, ...args);
  const letter = {
    recordId: '00000000-0000-4000-8000-0000000000aa',
    requestId: 'set-aside',
    createdAt: 0,
    label: 'setosa',
    model: 'rf',
    version: '1',
    features: {},
    probabilities: {},
    instance: 'pod',
    target: 'species',
  };

  it('sends what was set aside to the table, says how much, and leaves what is refused again', async () => {
    const path = join(spool, 'host-00000000.dead-letters.jsonl');
    await writeFile(path, `${JSON.stringify(letter)}\n${JSON.stringify({ ...letter, recordId: 'no UUID' })}\n`);
    expect(await replay()).toEqual({ code: 1, output: `${path}: 1 rows are kept, 1 lines are left` });
    expect(await sql(`SELECT species FROM predictions WHERE request_id = 'set-aside'`)).toEqual([{ species: 'setosa' }]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ recordId: 'no UUID' });
    await rm(path);
    expect(await replay()).toEqual({ code: 0, output: 'nothing was set aside' });
    expect(await readdir(spool)).toEqual([]);
  });

  it('explains itself, and refuses a wrong command line', async () => {
    expect(await replay('--help')).toMatchObject({ code: 0, output: expect.stringContaining('--target NAME') });
    expect(await replay('--tarot')).toMatchObject({ code: 2, output: expect.stringContaining('--help lists what there is') });
    expect(await replayWith({ npm_config_target: 'species' })).toMatchObject({
      code: 2,
      output: expect.stringContaining('write --'),
    });
  });

  it.each(['', 'mysql://db', 'postgresql://db?sslmode=verify-full&sslrootcert=/nowhere'])(
    'refuses the address %j as a setting',
    async (DATABASE_URL) => {
      await writeFile(join(spool, 'host-00000000.dead-letters.jsonl'), `${JSON.stringify(letter)}\n`);
      expect(await replayWith({ DATABASE_URL })).toMatchObject({
        code: 78,
        output: expect.stringMatching(/DATABASE_URL|sslrootcert/),
      });
    },
  );
});

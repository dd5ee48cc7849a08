/** One person's predictions go from wherever they are, and do not come back: by the programs that people run. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ROOT } from '../repository.ts';
import { startApiProcess } from './support/api-process.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const WHO = ['--by', 'j.doe', '--reason', 'letter of 1 December'];

let postgres: TemporaryPostgres;
let spool: string;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  spool = await mkdtemp(join(tmpdir(), 'iris-erasure-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(spool, { recursive: true });
});

async function run(program: string, argv: readonly string[], input = ''): Promise<{ stdout: string; stderr: string }> {
  const env = { DATABASE_URL: postgres.url, SPOOL_DIR: spool };
  const args = [`apps/api/src/${program}/main.ts`, '--target', 'species', ...argv];
  const running = promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  running.child.stdin!.end(input);
  return running;
}

async function idsKept(): Promise<unknown[]> {
  return (await runSql(postgres.url, 'SELECT request_id FROM predictions ORDER BY request_id')).map((row) => row.request_id);
}

const startApi = (url: string) =>
  startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    DATABASE_URL: url,
    SPOOL_DIR: spool,
    SHUTDOWN_MS: '1000',
  });

it('erases what is in the table, and what waits in the spool of a living API never gets there', async () => {
  const api = await startApi(postgres.url);
  for (const id of ['ann', 'bob', 'ann']) await api.send('/predict', { ...SETOSA, request_id: id });
  await expect.poll(idsKept).toEqual(['ann', 'ann', 'bob']);
  const away = await startApi('postgresql://iris@127.0.0.1:1/iris');
  for (const id of ['ann', 'carl']) await away.send('/predict', { ...SETOSA, request_id: id });
  await expect.poll(async () => (await away.get('/metrics')).text()).toMatch(/^prediction_log_spooled 2$/m);

  const { stdout, stderr } = await run('erase', ['--request-id', 'ann', ...WHO]);
  const erasure = JSON.parse(stdout) as Record<string, unknown>;
  expect(erasure).toMatchObject({ target: 'species', requestedBy: 'j.doe', reason: 'letter of 1 December', predictions: 2 });
  expect(stdout + stderr).not.toMatch(/\bann\b/);
  expect(stderr).toContain('1 wait in files of the spool');
  expect(await idsKept()).toEqual(['bob']);

  // Its spool goes to the API that reaches the database.
  expect(await away.terminate()).toBe(0);
  await expect.poll(idsKept).toEqual(['bob', 'carl']);
  await expect.poll(async () => (await readdir(spool)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  await api.send('/predict', { ...SETOSA, request_id: 'ann' });
  await expect.poll(idsKept).toEqual(['ann', 'bob', 'carl']);
  expect(await api.terminate()).toBe(0);
});

it('keeps printed lines from coming back by a replay, and repeats the erasure where the database was restored', async () => {
  const [row] = await runSql(
    postgres.url,
    `SELECT json_build_object('recordId', record_id, 'requestId', request_id, 'createdAt', extract(epoch FROM created_at) * 1000, 'label', species,
            'model', model, 'version', version, 'instance', instance, 'features', features, 'probabilities', probabilities) AS line
     FROM predictions WHERE request_id = 'carl'`,
  );
  const printed = `{"level":30,"msg":"stopped"}\n${JSON.stringify(row?.line)}\n`;
  await run('erase', ['--request-id', 'carl', ...WHO]);
  const kept = await run('erase', ['--list']);
  expect(kept.stdout.trim().split('\n')).toHaveLength(2);
  expect((await run('replay', ['-'], printed)).stdout).toContain('1 rows are kept');
  expect(await idsKept()).toEqual(['ann', 'bob']);

  await runSql(postgres.url, 'TRUNCATE prediction_erasures');
  await run('replay', ['-'], printed);
  expect(await idsKept()).toEqual(['ann', 'bob', 'carl']);
  const again = await run('erase', ['--again', '-'], kept.stdout);
  expect(again.stderr).toContain('1 predictions are deleted; 2 erasures were not known');
  expect(await idsKept()).toEqual(['ann', 'bob']);
});

it('takes rows out of the files of dead letters, also without a right on the table', async () => {
  const file = join(spool, 'host-1.dead-letters.jsonl');
  const line = (id: string) => `{"recordId":"0e984725-c51c-4bf4-9960-e1c80e27aba0","requestId":"${id}","target":"species"}\n`;
  await writeFile(file, line('dora') + line('emil'));
  const { stdout, stderr } = await run('erase', ['--request-id', 'dora', '--files-only', ...WHO]);
  expect([stdout, stderr]).toEqual(['', '1 are deleted from files of dead letters.\n']);
  expect(await readFile(file, 'utf8')).toBe(line('emil'));
});

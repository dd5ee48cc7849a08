/** A spool that ends with its container: at the end its rows are in the program's output, and a command takes them from there. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ROOT } from '../repository.ts';
import { startApiProcess } from './support/api-process.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const ROWS = 20;

let postgres: TemporaryPostgres;
let spool: string;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  spool = await mkdtemp(join(tmpdir(), 'iris-printed-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(spool, { recursive: true });
});

async function countRows(): Promise<unknown> {
  return (await runSql(postgres.url, 'SELECT count(DISTINCT request_id)::int AS rows FROM predictions'))[0]?.rows;
}

/** The whole output of a program, with the lines that are no rows, as a cluster keeps it. */
async function replay(output: string, target: readonly string[] = ['--target', 'species']): Promise<string> {
  const args = ['apps/api/src/replay/main.ts', ...target, '-'];
  const running = promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { DATABASE_URL: postgres.url } });
  running.child.stdin!.end(output);
  const { stdout } = await running;
  return stdout;
}

it('loses no row when it ends while the database is away', async () => {
  const api = await startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris',
    SPOOL_DIR: spool,
    SPOOL_LASTS: 'false',
    SHUTDOWN_MS: '1000',
  });
  for (let row = 0; row < ROWS; row++) await api.send('/predict', { ...SETOSA, request_id: `printed-${row}` });
  await expect.poll(async () => (await api.get('/metrics')).text()).toMatch(new RegExp(`^prediction_log_spooled ${ROWS}$`, 'm'));
  expect(await api.terminate()).toBe(0);
  const output = api.lines.join('\n');
  const left = { code: 1, stdout: `standard input: 0 rows are kept, ${ROWS} lines are left\n` };
  await expect(replay(output, [])).rejects.toMatchObject(left);
  await replay(output);
  expect(await countRows()).toBe(ROWS);
  await replay(output);
  expect(await countRows()).toBe(ROWS);
});

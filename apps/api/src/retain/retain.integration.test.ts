/** The command as a process, against a real PostgreSQL. */
import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { migrateDatabase } from '@iris/prediction-log/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const DEADLINE_MS = 50_000;
const WHICH = String.raw`predictions of "species" from before \d{4}-\d\d-\d\dT[\d:.]+Z`;

let postgres: TemporaryPostgres;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  await migrateDatabase({ connectionString: postgres.url, target: 'species' });
});
afterAll(() => postgres.stop());
beforeEach(() =>
  runSql(
    postgres.url,
    `TRUNCATE predictions;
     INSERT INTO predictions (species, created_at) SELECT 'setosa', now() - n * interval '1 day' FROM generate_series(1, 200) AS n`,
  ),
);

const start = (argv: readonly string[]) =>
  promisify(execFile)(process.execPath, [MAIN, '--target', 'species', ...argv], {
    timeout: DEADLINE_MS,
    env: { PATH: process.env.PATH, DATABASE_URL: postgres.url },
  });

async function rowsLeft(): Promise<unknown> {
  return (await runSql(postgres.url, 'SELECT count(*)::int AS rows FROM predictions'))[0]?.rows;
}

describe('retain', () => {
  it('deletes what is older, says how many, and has nothing to do afterwards', async () => {
    expect((await start(['--older-than', '90d', '--dry-run'])).stdout).toMatch(
      new RegExp(`^111 ${WHICH} would be deleted\\.\\n$`),
    );
    expect(await rowsLeft()).toBe(200);
    expect((await start(['--older-than', '90d', '--batch', '10'])).stdout).toMatch(
      new RegExp(`^111 ${WHICH} are deleted\\.\\n$`),
    );
    expect(await rowsLeft()).toBe(89);
    expect((await start(['--older-than', '90d'])).stdout).toMatch(/^0 /);
  });

  it('says how many are deleted so far, without counting all of them first', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let time = Date.now();
    const code = await run(['--target', 'species', '--older-than', '90d', '--batch', '50'], {
      environment: { DATABASE_URL: postgres.url },
      stdout,
      stderr,
      now: () => {
        time += 6000;
        return new Date(time);
      },
      signal: new AbortController().signal,
    });
    expect(code).toBe(0);
    expect(String(stderr.read())).toBe('50 deleted …\n100 deleted …\n111 deleted …\n');
    expect(await rowsLeft()).toBe(89);
  });

  it('ends at SIGTERM between two batches, says so, and goes on at the next run', async () => {
    const running = start(['--older-than', '90d', '--batch', '1']);
    await expect.poll(rowsLeft).toBeLessThan(200);
    running.child.kill('SIGTERM');
    await expect(running).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('was stopped, and the next run goes on'),
    });
    expect(await rowsLeft()).toBeGreaterThan(89);
    await start(['--older-than', '90d']);
    expect(await rowsLeft()).toBe(89);
  });

  it.each([
    [['--help'], 0, /Exit code 0/],
    [[], 2, /--older-than/],
    [['--older-than', '90d', '--target', 'version'], 78, /cannot be a column/],
  ])('%j ends with %i and says why', async (argv, code, said) => {
    const ended = await start(argv).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(ended.code).toBe(code);
    expect(ended.stdout + ended.stderr).toMatch(said);
  });
});

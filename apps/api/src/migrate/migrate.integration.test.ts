/** The command as a process, against a real PostgreSQL. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { writeModelFile } from '@iris/model-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { irisDocument } from '../test-app.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const DEADLINE_MS = 50_000;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let postgres: TemporaryPostgres;
let directory: string;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  directory = await mkdtemp(join(tmpdir(), 'iris-migrate-'));
  await writeModelFile(join(directory, 'model.json'), irisDocument());
});
afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true });
});

async function migrate(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  try {
    const env = { PATH: process.env.PATH, DATABASE_URL: postgres.url, MODEL_DIR: directory, ...environment };
    return { code: 0, ...(await promisify(execFile)(process.execPath, [MAIN, ...argv], { timeout: DEADLINE_MS, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

async function columns(): Promise<string[]> {
  const rows = await runSql<{ attname: string }>(
    postgres.url,
    `SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('predictions') AND attnum > 0`,
  );
  return rows.map(({ attname }) => attname);
}

describe('migrate', () => {
  it('makes the table for the target of the model, and then has nothing to do', async () => {
    expect(await migrate([])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^The table predictions, for "species", is migrated from step 0 to \d+\.\n$/),
      stderr: '',
    });
    expect(await columns()).toEqual(expect.arrayContaining(['id', 'species', 'record_id']));
    expect(await migrate([])).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') });
  });

  it('takes another target by its option', async () => {
    expect(await migrate(['--target', 'churned'])).toMatchObject({ code: 0, stderr: '' });
    expect(await columns()).toContain('churned');
  });

  it('two at once both end well, and one of them does it', async () => {
    const ends = await Promise.all([migrate(['--target', 'twice']), migrate(['--target', 'twice'])]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(ends.filter(({ stdout }) => stdout.includes('from step 0'))).toHaveLength(1);
  });

  it('waits for a database that is away as long as it was allowed to, and says what for', async () => {
    const away = { DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris' };
    expect(await migrate([], away)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^the table .*ECONNREFUSED.*\n$/),
    });
    const waited = await migrate(['--wait', '6'], away);
    expect(waited).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ECONNREFUSED.*trying again for 6 s\n.*ECONNREFUSED.*\n$/),
    });
  });

  it.each([
    [['--help'], {}, 0, /Exit code 0/],
    [['--wait', 'long'], {}, 2, /--wait must be/],
    [['--target', 'version'], {}, 78, /cannot be a column/],
    [[], { DATABASE_URL: '' }, 78, /DATABASE_URL: set it/],
    [[], { MODEL_DIR: '/nowhere' }, 1, /\/nowhere\/model.json/],
  ])('%j with %j ends with %i and says why', async (argv, environment, code, said) => {
    const ended = await migrate(argv, environment);
    expect(ended.code).toBe(code);
    expect(ended.stdout + ended.stderr).toMatch(said);
    expect(ended.stderr).not.toMatch(/^ {4}at /m);
  });
});

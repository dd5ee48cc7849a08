import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeData } from './placement.ts';
import { findProcess } from './process-table.ts';
import { runSql } from './run-sql.ts';
import { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from './start-local-postgres.ts';
import { startTemporaryPostgres } from './temporary-postgres.ts';

let directory = '';
let started: LocalPostgres[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-postgres-test-'));
  await chmod(directory, 0o755);
  started = [];
});

afterEach(async () => {
  for (const postgres of started) await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

function options(changes: Partial<LocalPostgresOptions> = {}): LocalPostgresOptions {
  return { dataDirectory: join(directory, 'data'), database: 'iris "log"', user: 'iris', password: 'p@ss/word', ...changes };
}

async function start(changes: Partial<LocalPostgresOptions> = {}): Promise<LocalPostgres> {
  const postgres = await startLocalPostgres(options(changes));
  started.push(postgres);
  return postgres;
}

describe('startLocalPostgres', () => {
  it('makes a cluster and a database that its url reaches', async () => {
    const { url, port } = await start();
    const rows = await runSql(url, `SELECT current_database() AS database, current_setting('port')::int AS port`);
    expect(rows).toEqual([{ database: 'iris "log"', port }]);
  });

  it('keeps rows over stop and start, and the port over restart', async () => {
    const first = await start();
    await runSql(first.url, 'CREATE TABLE t (a int); INSERT INTO t VALUES (7)');
    await first.stop();
    const second = await start();
    const { port } = second;
    await second.restart();
    expect(await runSql(second.url, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
    expect(second.port).toBe(port);
  });

  it('comes back after a crash, at once and with its rows', async () => {
    const postgres = await start();
    await runSql(postgres.url, 'CREATE TABLE t (a int); INSERT INTO t VALUES (7)');
    await postgres.kill();
    expect(postgres.pid()).toBeUndefined();
    await postgres.restart();
    expect(await runSql(postgres.url, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
  });

  it('refuses a directory that a living program uses', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'LOCAL_POSTGRES_IN_USE' });
  });

  it('takes the place of a server whose program was killed', async () => {
    const script = `import { startLocalPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
      const postgres = await startLocalPostgres(${JSON.stringify(options())});
      console.log(postgres.pid());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line] = await once(child.stdout, 'data');
    const orphan = Number(line);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await findProcess(orphan)).toBeDefined();

    const { url } = await start();
    expect(await findProcess(orphan)).toBeUndefined();
    expect(await runSql(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('clears a lock file whose pid belongs to another program', async () => {
    await (await start()).stop();
    await writeFile(join(directory, 'data', 'postmaster.pid'), `${process.pid}\n`);
    await expect(start()).resolves.toMatchObject({ port: expect.any(Number) });
  });

  it('says that a port is taken, and leaves nothing locked', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_PORT_TAKEN',
      message: expect.stringContaining(`port ${port} is taken`),
    });
    other.close();
    await once(other, 'close');
    expect((await start({ port })).port).toBe(port);
  });

  it('starts over after an interrupted initialisation', async () => {
    const unfinished = join(directory, 'data.unfinished');
    await mkdir(join(unfinished, 'base'), { recursive: true });
    await writeFile(join(unfinished, 'PG_VERSION'), '18\n');
    await start();
    await expect(access(unfinished)).rejects.toThrow('ENOENT');
  });

  it("leaves a directory with somebody's files as it is", async () => {
    await mkdir(join(directory, 'data'));
    await writeFile(join(directory, 'data', 'thesis.txt'), 'years of work');
    await expect(start()).rejects.toMatchObject({ code: 'LOCAL_POSTGRES_NOT_A_CLUSTER' });
    await expect(access(join(directory, 'data', 'thesis.txt'))).resolves.toBeUndefined();
  });

  it('explains a password that does not fit, and stops the server again', async () => {
    const { port } = await start();
    await started.pop()?.stop();
    await expect(start({ password: 'another', port })).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_DATABASE_REFUSED',
      message: expect.stringContaining('made with another user or password'),
    });
    expect((await start({ port })).port).toBe(port);
  });

  it('passes the log on line by line', async () => {
    const lines: string[] = [];
    await start({ onLog: (line) => lines.push(line) });
    await expect.poll(() => lines).toContainEqual(expect.stringContaining('database system is ready to accept connections'));
  });
});

describe.runIf(process.getuid?.() === 0)('as root, below a folder that PostgreSQL’s account cannot enter', () => {
  beforeEach(() => chmod(directory, 0o700));

  it('keeps the data elsewhere, with its rows over stop and start, and leaves the folder closed', async () => {
    const first = await start();
    await runSql(first.url, 'CREATE TABLE t (a int); INSERT INTO t VALUES (7)');
    await first.stop();
    expect(await runSql((await start()).url, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const place = await readlink(join(directory, 'data'));
    expect(place).toMatch(/^\/var\/lib\/iris-postgres\/data-/);
    await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
    await removeData(join(directory, 'data'));
    await expect(access(dirname(place))).rejects.toThrow('ENOENT');
  });

  it('takes its data along when the folder is renamed', async () => {
    const first = await start();
    await runSql(first.url, 'CREATE TABLE t (a int); INSERT INTO t VALUES (7)');
    await first.stop();
    await mkdir(join(directory, 'moved'));
    const dataDirectory = join(directory, 'moved', 'data');
    await rename(join(directory, 'data'), dataDirectory);
    const moved = await start({ dataDirectory });
    expect(await runSql(moved.url, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
    await started.pop()?.stop();
    await removeData(dataDirectory);
  });

  it('leaves a cluster that is there already as it is, and says which folder keeps the account out', async () => {
    await chmod(directory, 0o755);
    await (await start()).stop();
    await chmod(directory, 0o700);
    await expect(start()).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_UNREACHABLE',
      message: expect.stringContaining(directory),
    });
  });
});

describe('startTemporaryPostgres', () => {
  it('leaves neither process nor files', async () => {
    const postgres = await startTemporaryPostgres();
    const pid = postgres.pid() ?? 0;
    await postgres.stop();
    expect(await findProcess(pid)).toBeUndefined();
    await expect(access(postgres.directory)).rejects.toThrow('ENOENT');
  });

  it.runIf(process.getuid?.() === 0)('works where only root may enter the folder of temporary files', async () => {
    const closed = await mkdtemp(join(directory, 'closed-'));
    vi.stubEnv('TMPDIR', closed);
    try {
      const postgres = await startTemporaryPostgres();
      const place = await readlink(join(postgres.directory, 'data'));
      expect(await runSql(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await postgres.stop();
      await expect(access(dirname(place))).rejects.toThrow('ENOENT');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

/**
 * The scripts of the CronJobs postgres-backup and postgres-restore, against a real PostgreSQL. Needs a server with its client programs, as new as it (Debian:
 * apt-get install postgresql); on the cluster test/cluster/more/backup.test.ts tests the same in the image.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { erasePredictions, listErasures, migrateDatabase } from '@iris/prediction-log/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../repository.ts';

const SCRIPTS = join(ROOT, 'k8s/base/postgres-backup');
const BIN = ['15', '16', '17', '18']
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((path) => existsSync(join(path, 'postgres')));
if (BIN === undefined)
  console.warn('PostgreSQL is not installed: backup and restore are not tested here (apt-get install postgresql)');
const NAME = /^iris-\d{8}T\d{6}Z\.dump$/;
const WHO = { requestedBy: 'j.doe', reason: 'letter of 1 December' };

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe.skipIf(BIN === undefined)('backup and restore', () => {
  let postgres: TemporaryPostgres;
  let backups: string;
  let log: { connectionString: string; target: string };
  beforeAll(async () => {
    postgres = await startTemporaryPostgres({ binDirectory: BIN! });
    log = { connectionString: postgres.url, target: 'species' };
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    await sql('DROP TABLE IF EXISTS predictions, prediction_log_migrations, prediction_counts, prediction_erasures CASCADE');
    await migrateDatabase(log);
    await add('ann', 'bob', 'carl');
    backups = await mkdtemp(join(tmpdir(), 'iris-backups-'));
    return () => rm(backups, { recursive: true });
  });

  const sql = (text: string, values?: unknown[]) => runSql(postgres.url, text, values);

  async function add(...ids: string[]): Promise<void> {
    await sql(`INSERT INTO predictions (species, request_id) SELECT 'setosa', unnest($1::text[])`, [ids]);
  }

  async function idsKept(): Promise<unknown[]> {
    return (await sql('SELECT request_id FROM predictions ORDER BY request_id')).map((row) => row.request_id);
  }

  const run = (script: string, environment: Readonly<Record<string, string>> = {}) =>
    execute('bash', [join(SCRIPTS, script)], environment);

  async function execute(
    program: string,
    argv: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const { username, password, port } = new URL(postgres.url);
    const env = {
      PATH: `${BIN}:${process.env.PATH}`,
      PGHOST: '127.0.0.1',
      PGPORT: port,
      PGDATABASE: 'iris',
      PGUSER: username,
      PGPASSWORD: password,
      BACKUPS: backups,
      ...environment,
    };
    try {
      return { code: 0, ...(await promisify(execFile)(program, argv, { env })) };
    } catch (error) {
      const { code, stdout, stderr } = error as Ended;
      return { code, stdout, stderr };
    }
  }

  const dumps = async () => (await readdir(backups)).filter((name) => name.endsWith('.dump')).sort();
  const backUp = async (environment = {}) => expect(await run('backup.sh', environment)).toMatchObject({ code: 0, stderr: '' });

  /** Names of backups have seconds; older ones are made by hand. */
  async function addOlder(...names: string[]): Promise<void> {
    for (const name of names) for (const ending of ['', '.sha256']) await writeFile(join(backups, name + ending), 'old');
  }

  it('brings back all rows, counts and triggers, and what was written since is gone', async () => {
    await backUp();
    expect(await dumps()).toEqual([expect.stringMatching(NAME)]);
    expect((await readdir(backups)).filter((name) => name.startsWith('.'))).toEqual([]);
    for (const name of await readdir(backups)) expect((await stat(join(backups, name))).mode & 0o777, name).toBe(0o600);
    await sql(`DELETE FROM predictions WHERE request_id = 'bob'`);
    await add('dora');
    expect(await run('restore.sh')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^iris-.*\.dump is restored: 3 predictions\n$/),
      stderr: '',
    });
    expect(await idsKept()).toEqual(['ann', 'bob', 'carl']);
    await add('emil');
    expect(await sql('SELECT sum(predictions)::int AS counted FROM prediction_counts')).toEqual([{ counted: 4 }]);
    const { from, to } = await migrateDatabase(log);
    expect(from).toBe(to);
  });

  it('repeats erasures that the backup does not know, and keeps the audit from those who serve', async () => {
    await sql(
      `DROP ROLE IF EXISTS serving; CREATE ROLE serving; ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO serving`,
    );
    await erasePredictions(log, { requestId: 'carl', ...WHO });
    await backUp();
    await erasePredictions(log, { requestId: 'ann', ...WHO });
    const audit = await listErasures(log);
    expect(await run('restore.sh')).toMatchObject({ code: 0, stderr: '' });
    expect(await idsKept()).toEqual(['bob']);
    expect(await listErasures(log)).toEqual(audit);
    const rights = `SELECT has_table_privilege('serving', 'predictions', 'SELECT') AS rows, has_table_privilege('serving', 'prediction_erasures', 'SELECT') AS audit`;
    expect(await sql(rights)).toEqual([{ rows: true, audit: false }]);
    await sql('DROP OWNED BY serving');
  });

  it('waits for an erasure under way, and repeats it too', async () => {
    await backUp();
    const eraser = new Client({ connectionString: postgres.url });
    await eraser.connect();
    // As erasePredictions does it.
    await eraser.query(`BEGIN; DELETE FROM predictions WHERE request_id = 'ann';
      INSERT INTO prediction_erasures (target, subject_hash, requested_by, reason, erased_at, up_to, predictions)
      VALUES ('species', encode(sha256('ann'), 'hex'), 'j.doe', 'letter', now(), now(), 1)`);
    const restoring = run('restore.sh');
    await expect.poll(() => sql('SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted')).toEqual([{ waiting: 1 }]);
    await eraser.query('COMMIT');
    await eraser.end();
    expect(await restoring).toMatchObject({ code: 0, stderr: '' });
    expect(await listErasures(log)).toHaveLength(1);
    expect(await idsKept()).toEqual(['bob', 'carl']);
  });

  it('leaves the audit and the list of steps to their owner, by roles.sql and after a restore', async () => {
    const { password, username } = new URL(postgres.url);
    const passwords = await mkdtemp(join(tmpdir(), 'iris-passwords-'));
    for (const role of ['', 'writer-', 'reader-', 'cleaner-', 'backup-'])
      await writeFile(join(passwords, `${role}password`), password);
    const file = `--file=${join(ROOT, 'k8s/base/postgres/roles.sql')}`;
    const makeRoles = () =>
      execute('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--single-transaction', '--output=/dev/null', file], {
        PASSWORDS: passwords,
      });
    const rightsOf = async (role: string) => {
      const rows = await sql(
        `SELECT relname || ': ' || string_agg(privilege, ' ' ORDER BY place) AS rights
         FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) WITH ORDINALITY AS privileges (privilege, place)
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege($1, oid, privilege)
         GROUP BY relname ORDER BY relname`,
        [role],
      );
      return rows.map(({ rights }) => rights);
    };
    const expectRights = async (when: string) => {
      expect(await rightsOf('iris_cleaner'), when).toEqual([
        'prediction_counts: SELECT DELETE',
        'prediction_erasures: SELECT INSERT',
        'prediction_log_migrations: SELECT',
        'predictions: SELECT DELETE',
      ]);
      expect(await rightsOf('iris_writer'), when).toEqual([
        'prediction_counts: SELECT INSERT UPDATE',
        'prediction_log_migrations: SELECT',
        'predictions: SELECT INSERT UPDATE',
      ]);
      expect(await rightsOf('iris_backup'), when).toHaveLength(4);
    };
    expect(username).toBe('iris');
    expect(await makeRoles()).toMatchObject({ code: 0, stderr: '' });
    await expectRights('of tables that were there');
    await backUp();
    await sql('DROP TABLE predictions, prediction_log_migrations, prediction_counts, prediction_erasures CASCADE');
    await migrateDatabase(log);
    await expectRights('of new tables');
    await sql('GRANT SELECT ON prediction_erasures TO PUBLIC');
    expect(await makeRoles()).toMatchObject({ code: 0 });
    await expectRights('with each start');
    await sql('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC');
    expect(await run('restore.sh')).toMatchObject({ code: 0, stderr: '' });
    await sql(
      'ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM PUBLIC; REVOKE SELECT ON predictions, prediction_counts FROM PUBLIC',
    );
    await expectRights('after a restore');
    for (const role of ['writer', 'reader', 'cleaner', 'backup']) await sql(`DROP OWNED BY iris_${role}; DROP ROLE iris_${role}`);
    await rm(passwords, { recursive: true });
  });

  it('restores into a database that lost everything', async () => {
    await backUp();
    await sql('DROP TABLE predictions, prediction_log_migrations, prediction_counts, prediction_erasures CASCADE');
    expect(await run('restore.sh')).toMatchObject({ code: 0 });
    expect(await idsKept()).toEqual(['ann', 'bob', 'carl']);
  });

  it('keeps as many as it is told, and removes the oldest with their checksums', async () => {
    await addOlder('iris-20200101T000000Z.dump', 'iris-20200102T000000Z.dump', 'iris-20200103T000000Z.dump');
    await backUp({ KEEP: '2' });
    expect(await dumps()).toEqual(['iris-20200103T000000Z.dump', expect.stringMatching(NAME)]);
    expect(await readdir(backups)).toHaveLength(4);
  });

  it('leaves the backups of other databases alone, whose names begin alike', async () => {
    const others = ['iris-2024-20200101T000000Z.dump', 'iris-test-29990101T000000Z.dump'];
    await addOlder(...others);
    const half = join(backups, '.iris-test-20200101T000000Z.dump.part');
    await writeFile(half, 'half');
    expect(await run('restore.sh')).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no backup of iris;') });
    await backUp({ KEEP: '1' });
    expect(await dumps()).toEqual([others[0], expect.stringMatching(NAME), others[1]]);
    expect(existsSync(half)).toBe(true);
    expect(await run('restore.sh')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^iris-\d{8}T/) });
  });

  it.each([
    ['the server is away', { PGPORT: '1' }, 'Connection refused'],
    ['the password is wrong', { PGPASSWORD: 'wrong' }, 'password authentication failed'],
    ['there is no table', { PGDATABASE: 'postgres' }, 'no table predictions'],
    ['the number to keep is none', { KEEP: '0' }, 'KEEP must be'],
  ])('removes none and leaves no half where %s', async (_what, environment, said) => {
    await addOlder('iris-20200101T000000Z.dump', 'postgres-20200101T000000Z.dump');
    const before = (await readdir(backups)).sort();
    const ended = await run('backup.sh', { KEEP: '1', ...environment });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain(said);
    expect((await readdir(backups)).sort()).toEqual(before);
  });

  it('clears away what a killed run left', async () => {
    await writeFile(join(backups, '.iris-20200101T000000Z.dump.part'), 'half');
    await backUp();
    expect((await readdir(backups)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('restores none that was damaged, cut off while it was read, or is not there, and changes nothing', async () => {
    await backUp();
    await add('dora');
    const [name = ''] = await dumps();
    expect(await run('restore.sh', { BACKUP: 'iris-20200101T000000Z.dump' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(name),
    });

    const half = join(backups, 'bin');
    await mkdir(half);
    await writeFile(join(half, 'pg_restore'), `#!/bin/sh\n${BIN}/pg_restore "$@" | head -n 60\nexit 1\n`);
    await chmod(join(half, 'pg_restore'), 0o755);
    const cut = await run('restore.sh', { PATH: `${half}:${BIN}:${process.env.PATH}` });
    expect(cut.code).not.toBe(0);
    expect(await idsKept()).toEqual(['ann', 'bob', 'carl', 'dora']);

    const bytes = await readFile(join(backups, name));
    const middle = bytes.length >> 1;
    bytes[middle] = bytes[middle]! ^ 1;
    await writeFile(join(backups, name), bytes);
    expect(await run('restore.sh')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is damaged; nothing was changed'),
    });
    expect(await idsKept()).toEqual(['ann', 'bob', 'carl', 'dora']);
  });
});

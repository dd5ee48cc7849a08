import { beforeAll, describe, expect, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { keepFigure } from '../support/report.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('database');
const LOGGED = [
  {
    path: '/predict',
    body: '{"request_id":"$ID","sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}',
  },
  { path: '/version' },
];

/** What the sources type into psql. */
const FIRST_STATEMENTS = `CREATE TABLE predictions (
  id SERIAL PRIMARY KEY,
  species VARCHAR(50),
  created_at TIMESTAMP DEFAULT NOW()
);

INSERT INTO predictions (species) VALUES ('Iris-setosa');
SELECT * FROM predictions;
\\q
`;

async function postgresPod(): Promise<string> {
  return suite.kubectl('get', 'pods', '--selector=app=postgres', '--output=jsonpath={.items[0].metadata.name}');
}

const whenReady = (pod: string) => suite.kubectl('wait', '--for=condition=Ready', `pod/${pod}`, '--timeout=120s');

/** Ends PostgreSQL in its pod as a crash does, without a word to its clients or its disk; resolves when it has recovered. */
async function crash(): Promise<void> {
  const pod = await postgresPod();
  const restarts = async () =>
    Number(await suite.kubectl('get', 'pod', pod, '--output=jsonpath={.status.containerStatuses[0].restartCount}'));
  const before = await restarts();
  // Its immediate shutdown. Of SIGKILL process 1 hears nothing inside its container, and a pod deleted by force may overlap with the next.
  // The container takes the command with it.
  await suite.exec(pod, ['bash', '-c', 'kill -QUIT 1']).catch(() => undefined);
  await until('a restart', async () => (await restarts()) > before || undefined);
  await whenReady(pod);
}

/** Deletes the database's pod; resolves when another is Ready: the Deployment's own status may still be the old one. */
async function replacePod(): Promise<void> {
  const gone = await postgresPod();
  await suite.kubectl('delete', 'pod', gone);
  const next = await until('another pod', async () => {
    const pod = await postgresPod();
    return pod === gone ? undefined : pod;
  });
  await whenReady(next);
}

async function psql(statements: string, ...options: string[]): Promise<string> {
  return suite.exec(await postgresPod(), ['psql', '-U', 'iris', '-d', 'irisdb', ...options], statements);
}

/** Without one it waits for nobody: the claim is what lasts. */
const scaleDatabase = (replicas: number) => suite.kubectl('scale', 'deployment/postgres-db', `--replicas=${replicas}`);

/** Rows that the servers wrote, and the different requests that they are of. */
async function countRows(): Promise<{ rows: number; requests: number }> {
  const counted = await psql('SELECT count(*), count(DISTINCT request_id) FROM predictions WHERE request_id IS NOT NULL', '-At');
  const [rows, requests] = counted.trim().split('|').map(Number);
  return { rows: rows!, requests: requests! };
}

beforeAll(() => makeSecret(suite, 'database'));

describe('F3-3: PostgreSQL on a volume', () => {
  it('keeps its rows when its pod is deleted, by the commands of the source', async () => {
    await suite.deploy('database', '--selector=app=postgres');
    expect(await suite.kubectl('get', 'pvc', 'postgres-pvc', '--output=jsonpath={.status.phase}')).toBe('Bound');
    expect(await psql(FIRST_STATEMENTS)).toContain('Iris-setosa');
    await replacePod();
    expect(await psql('SELECT * FROM predictions;\n\\q\n')).toMatch(/id \| +species +\| +created_at[\s\S]*Iris-setosa/);
  });

  it('loses no row of the servers when it crashes and when its pod is deleted under traffic, and no request fails', async () => {
    await suite.deploy('database');
    const traffic = await startTraffic(suite, { ...SERVER, requests: LOGGED });
    await until('the first rows', async () => (await countRows()).rows > 0 || undefined);
    await traffic.phase('crashed');
    await crash();
    await traffic.phase('deleted');
    await traffic.requests(2000);
    await replacePod();
    await traffic.requests(2000);
    const parts = await traffic.stop();
    expectNothingFailed('database crashed, then its pod deleted', parts);
    const acknowledged = parts.reduce((total, { report }) => total + report.posts, 0);
    const kept = await until('a row for each answer', async () => {
      const counted = await countRows();
      return counted.requests >= acknowledged ? counted : undefined;
    });
    keepFigure(
      'database crashed, then its pod deleted',
      `${acknowledged} predictions answered, ${kept.rows} rows of ${kept.requests} requests`,
    );
    expect(kept).toEqual({ rows: acknowledged, requests: acknowledged });
    // The table that the reader made by hand is the one that the servers use.
    expect(await psql('SELECT id, species, created_at FROM predictions ORDER BY id LIMIT 2;')).toMatch(
      /Iris-setosa[\s\S]*\| setosa/,
    );
  });

  it('has each role do what it is for: iris migrates, the servers write, a reader reads, and none is a superuser', async () => {
    await suite.kubectl('wait', '--for=condition=Complete', 'jobs', '--selector=app=mlops-server-migrate', '--timeout=120s');
    const roles = await psql(`SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname ~ '^iris' ORDER BY 1`, '-At');
    expect(roles.trim().split('\n')).toEqual(
      ['iris', 'iris_backup', 'iris_cleaner', 'iris_reader', 'iris_writer'].map((name) => `${name}|f|f`),
    );
    // A connection that has nothing to do is closed.
    const connected = `SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name ~ '^iris-prediction-log'`;
    await until('the connection of a writer', async () => {
      const { path, body } = LOGGED[0]!;
      const headers = { 'content-type': 'application/json' };
      await fetch(nodePortUrl(30800) + path, { method: 'POST', headers, body: body!.replace('$ID', crypto.randomUUID()) });
      return (await psql(connected, '-At')) === 'iris_writer\n' || undefined;
    });
    expect(await psql(`SELECT tableowner FROM pg_tables WHERE tablename = 'predictions'`, '-At')).toBe('iris\n');
    const as = (role: string, statement: string) => psql(statement, '-At', '-v', 'ON_ERROR_STOP=1', '-U', role);
    expect(await as('iris_reader', 'SELECT count(*) > 0 FROM predictions')).toBe('t\n');
    await expect(as('iris_reader', `INSERT INTO predictions (species) VALUES ('x')`)).rejects.toThrow(/permission denied/);
    await expect(as('iris_writer', 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(as('iris_writer', 'DELETE FROM predictions')).rejects.toThrow(/permission denied/);
  });

  it('can be applied again and again, the Job that migrates too', async () => {
    await suite.deploy('database');
    await suite.deploy('database');
  });

  it('loses no row when all servers are replaced while the database is away, and no request fails', async () => {
    const before = await countRows();
    const traffic = await startTraffic(suite, { ...SERVER, requests: LOGGED });
    await traffic.phase('away');
    await scaleDatabase(0);
    await suite.kubectl('wait', '--for=delete', 'pod', '--selector=app=postgres', '--timeout=120s');
    await traffic.requests(1000);
    await traffic.phase('replaced');
    await suite.kubectl('rollout', 'restart', 'deployment/mlops-server');
    await suite.rolledOut('mlops-server');
    // Until the last of the old ones has ended, with what it had in memory.
    await until('three servers', async () => {
      const pods = await suite.kubectl('get', 'pods', '--selector=app=mlops-server', '--output=name');
      return pods.trim().split('\n').length === 3 || undefined;
    });
    await scaleDatabase(1);
    await suite.rolledOut('postgres-db');
    const parts = await traffic.stop();
    const acknowledged = parts.reduce((total, { report }) => total + report.posts, 0);
    const kept = await until('a row for each answer', async () => {
      const counted = await countRows();
      return counted.requests - before.requests >= acknowledged ? counted : undefined;
    });
    keepFigure(
      'servers replaced while the database is away',
      `${acknowledged} predictions answered, ${kept.rows - before.rows} rows of ${kept.requests - before.requests} requests`,
    );
    // One that failed at its client may have its row: what was answered has one, whatever else.
    expect(kept.rows).toBe(kept.requests);
    expectNothingFailed('servers replaced while the database is away', parts);
    expect(kept).toEqual({ rows: before.rows + acknowledged, requests: before.requests + acknowledged });
  });
});

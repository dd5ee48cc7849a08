import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('database-tls');
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** As the folder's README has it. */
async function makeCertificate(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-postgres-tls-'));
  const [key, certificate] = [join(directory, 'tls.key'), join(directory, 'tls.crt')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=postgres-svc'];
  await promisify(execFile)('openssl', [
    ...request,
    '-addext',
    'subjectAltName=DNS:postgres-svc',
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
  const files = [`--from-file=tls.key=${key}`, `--from-file=tls.crt=${certificate}`, `--from-file=ca.crt=${certificate}`];
  await suite.kubectl('create', 'secret', 'generic', 'postgres-tls', ...files);
  await rm(directory, { recursive: true });
}

const psql = (statement: string, ...options: string[]) =>
  suite.exec('deployment/postgres-db', ['psql', '-At', ...options], statement);
const asIris = (statement: string) => psql(statement, '-U', 'iris', '-d', 'irisdb');

beforeAll(async () => {
  await makeCertificate();
  await makeSecret(suite, 'database-tls');
});

describe('F3-3: the database by TLS', () => {
  it('takes the rows of servers that check its certificate and name, and nobody without TLS', async () => {
    await suite.deploy('database-tls');
    await suite.kubectl('wait', '--for=condition=Complete', 'jobs', '--selector=app=mlops-server-migrate', '--timeout=120s');
    const body = JSON.stringify({ ...SETOSA, request_id: 'by-tls' });
    const headers = { 'content-type': 'application/json' };
    const predict = () => fetch(`${nodePortUrl(30800)}/predict`, { method: 'POST', headers, body });
    await until('an answer', async () => (await predict()).ok || undefined);
    await until(
      'its row',
      async () => (await asIris(`SELECT 1 FROM predictions WHERE request_id = 'by-tls'`)) !== '' || undefined,
    );
    const connections = `SELECT DISTINCT usename, ssl FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE application_name ~ '^iris'`;
    await until('the connection of a writer, by TLS', async () => {
      // One that has nothing to do is closed.
      await predict();
      // What is another's, only a superuser sees.
      return (await psql(connections, '-U', 'postgres', '-d', 'irisdb')) === 'iris_writer|t\n' || undefined;
    });
    const password = await suite.kubectl('get', 'secret', 'postgres-secret', '--output=jsonpath={.data.writer-password}');
    const address = (mode: string) =>
      `postgresql://iris_writer:${Buffer.from(password, 'base64')}@postgres-svc/irisdb?sslmode=${mode}&sslrootcert=/run/secrets/tls/tls.crt&connect_timeout=10`;
    // From the database's own pod, which is a pod like others to its Service.
    await expect(psql('SELECT 1', '-d', address('disable').replace('postgres-svc', '127.0.0.1'))).rejects.toThrow(
      /no encryption/,
    );
    await expect(psql('SELECT 1', '-d', address('verify-full').replace('postgres-svc', '127.0.0.1'))).rejects.toThrow(
      /does not match host name/,
    );
  });
});

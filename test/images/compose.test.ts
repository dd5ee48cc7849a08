import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const START_MS = 180_000;
const run = promisify(execFile);

/** Compose's command: Docker's own plugin, or the program that came before it. */
const command = await run('docker', ['compose', 'version']).then(
  () => ['docker', 'compose'],
  () =>
    run('docker-compose', ['version']).then(
      () => ['docker-compose'],
      () => undefined,
    ),
);
const [client, api] = [await freePort(), await freePort()];

async function compose(...words: readonly string[]): Promise<string> {
  const [program, ...first] = command!;
  const env = { ...process.env, CLIENT_PORT: `${client}`, API_PORT: `${api}`, API_KEY: '', POSTGRES_PASSWORD: 'from-the-test' };
  return (await run(program!, [...first, '--project-name', `iris-test-${process.pid}`, ...words], { cwd: ROOT, env })).stdout;
}

const urlOf = (port: number, path: string) => `http://127.0.0.1:${port}${path}`;
const isUp = (port: number, path: string) =>
  fetch(urlOf(port, path)).then(
    ({ ok }) => ok,
    () => false,
  );

async function up(): Promise<void> {
  await compose('up', '--detach', '--no-build');
  await expect.poll(() => isUp(client, '/api/backend'), { timeout: START_MS }).toBe(true);
}

interface Page {
  readonly predictions: readonly { readonly request_id: string; readonly species: string }[];
}

async function logged(): Promise<Page['predictions']> {
  return ((await (await fetch(urlOf(api, '/predictions'))).json()) as Page).predictions;
}

// Where CI asks for it, a Compose that is missing is a failure.
describe.skipIf(!command && !process.env.CI)(
  'compose.yaml: client, API and PostgreSQL without Kubernetes (F2-2, F2-3)',
  { timeout: START_MS },
  () => {
    afterAll(() => compose('down', '--volumes'), START_MS);

    it('predicts through the client, and PostgreSQL keeps what was predicted over a stop and a start', async () => {
      await up();
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ ...SETOSA, request_id: 'from-compose' });
      const answer = await fetch(urlOf(client, '/api/predict'), { method: 'POST', headers, body });
      expect(await answer.json()).toMatchObject({ prediction: 'setosa', version: '0.1.0', model: 'rf' });
      const row = expect.objectContaining({ request_id: 'from-compose' });
      await expect.poll(logged).toContainEqual(row);

      const roles = ['exec', '-T', 'database', 'psql', '-U', 'postgres', '-d', 'irisdb', '-Atc'];
      const connected = `SELECT DISTINCT usename, usesuper FROM pg_stat_activity JOIN pg_user USING (usename) WHERE application_name ~ 'prediction-log'`;
      const writer = async () => {
        // A connection that has nothing to do is closed.
        await logged();
        return compose(...roles, connected);
      };
      await expect.poll(writer).toBe('iris_writer|f\n');

      await compose('down');
      await up();
      expect(await logged()).toContainEqual(row);
    });
  },
);

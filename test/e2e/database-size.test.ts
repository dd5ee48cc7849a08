/** A database that grows is seen before its volume is full. */
import { join } from 'node:path';
import { startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';

let postgres: TemporaryPostgres;
let api: ApiProcess;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterEach(() => api.terminate());
afterAll(() => postgres.stop());

async function metrics(): Promise<string> {
  return (await api.get('/metrics')).text();
}

async function start(limitMib: string): Promise<void> {
  const MODEL_FILE = join(inject('models'), 'iris-rf.json');
  api = await startApiProcess({ MODEL_FILE, DATABASE_URL: postgres.url, DATABASE_LIMIT_MB: limitMib });
}

it('shows the size of the database and its limit, and warns where an empty one takes most of it', async () => {
  await start('8');
  await expect.poll(metrics).toMatch(/^prediction_log_database_bytes \d{7}$/m);
  expect(await metrics()).toContain(`prediction_log_database_limit_bytes ${8 * 1024 * 1024}\n`);
  const said = () => api.lines.join('\n');
  await expect.poll(said).toMatch(/"event":"prediction_log_database_filling".*the database takes \d MiB of the 8 MiB/);
});

it('says nothing where there is room', async () => {
  await start('1000');
  await expect.poll(metrics).toMatch(/^prediction_log_database_bytes \d{7}$/m);
  expect(api.lines.join('\n')).not.toContain('prediction_log_database');
});

/** vitest's global set-up of the browser tests: a browser, a real PostgreSQL, the real API and the built client, for all of them. */
import { join } from 'node:path';
import { startTemporaryPostgres } from '@iris/local-postgres';
import type { TestProject } from 'vitest/node';
import { startApiProcess } from '../../support/api-process.ts';
import { type ChromiumProgram, findChromium } from './chromium.ts';
import { startClient } from './client-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The browser to launch. */
    chromium: ChromiumProgram;
    /** Address of a client before an API with iris's forest and a PostgreSQL. Tests share it: none may stop or configure it. */
    clientUrl: string;
    /** The PostgreSQL behind it. */
    databaseUrl: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const MODEL_FILE = join(project.getProvidedContext().models, 'iris-rf.json');
  const [chromium, postgres] = await Promise.all([findChromium(), startTemporaryPostgres()]);
  const api = await startApiProcess({ MODEL_FILE, DATABASE_URL: postgres.url });
  const client = await startClient({ API_URL: api.url });
  project.provide('chromium', chromium);
  project.provide('clientUrl', client.url);
  project.provide('databaseUrl', postgres.url);
  return async () => {
    await client.terminate();
    await api.terminate();
    await postgres.stop();
  };
}

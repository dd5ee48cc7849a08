/** Makes what is measured: bundles as images run them, trained models, the bare servers' fixed route. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ModelKind } from '@iris/model';
import { bundle } from '../../bundle.ts';
import { describeRoute } from './fixed-route.ts';
import { type Program, startServer } from './server-process.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');
const KINDS: readonly ModelKind[] = ['rf', 'svm', 'logreg'];

/** Names in the results. */
export const NODE_HTTP = 'node:http';
export const BARE_FASTIFY = 'bare Fastify';
export const SHARED_SERVER = 'bare Fastify behind our HTTP server';

/** Name of the API with a model, and with or without the prediction log. */
export function apiName(kind: ModelKind, logged: boolean): string {
  return `Iris API, ${kind}${logged ? ', logging' : ''}`;
}

/** Name of the API with the forest when it does not renew connections: what renewing them costs. */
const KEPT_CONNECTIONS = 'Iris API, rf, connections kept';
const NEVER = { MAX_REQUESTS_PER_CONNECTION: '1000000', MAX_CONNECTION_AGE_MS: '3600000' };

/**
 * Builds and trains into a directory.
 *
 * @param databaseUrl PostgreSQL for the programs with the log.
 * @returns node:http, bare Fastify, the same behind our HTTP server, and this API: without renewing connections, and as it is with each model, the log off and on.
 */
export async function preparePrograms(directory: string, databaseUrl: string): Promise<Program[]> {
  const path = (name: string) => join(directory, name);
  const bundles = [
    [import.meta.resolve('./servers/node-http.ts'), 'node-http.js'],
    [import.meta.resolve('./servers/bare-fastify.ts'), 'bare-fastify.js'],
    [import.meta.resolve('./servers/shared-server.ts'), 'shared-server.js'],
  ] as const;
  await Promise.all([
    ...bundles.map(([entry, file]) => bundle(fileURLToPath(entry), path(file), {})),
    bundleApi(path('server.js')),
    ...KINDS.map((kind) => train(kind, path(`${kind}.json`))),
  ]);
  const route = path('route.json');
  const bare = [
    { name: NODE_HTTP, file: path('node-http.js'), args: [route] },
    { name: BARE_FASTIFY, file: path('bare-fastify.js'), args: [route] },
    { name: SHARED_SERVER, file: path('shared-server.js'), args: [route] },
  ];
  const api = [false, true].flatMap((logged) =>
    KINDS.map((kind) => ({
      name: apiName(kind, logged),
      file: path('server.js'),
      environment: { MODEL_FILE: path(`${kind}.json`), ...(logged && { DATABASE_URL: databaseUrl }) },
    })),
  );
  const kept = { ...api[0]!, name: KEPT_CONNECTIONS, environment: { ...api[0]!.environment, ...NEVER } };
  await writeFile(route, JSON.stringify(await routeOf(api[0]!)));
  return [...bare, kept, ...api];
}

/** Bundles this API as its image does. */
export async function bundleApi(outfile: string): Promise<void> {
  await bundle(join(ROOT, 'apps/api/src/main.ts'), outfile, { assets: ['@fastify/swagger-ui/static'] });
}

/** Trains a model on iris, without evaluating it. */
export async function train(kind: ModelKind, out: string): Promise<void> {
  const options = ['--dataset', 'iris', '--model', kind, '--version', '0.1.0', '--evaluate', 'none', '--out', out];
  await run(process.execPath, [join(ROOT, 'apps/trainer/src/main.ts'), ...options]);
}

async function routeOf(program: Program) {
  const server = await startServer(program);
  try {
    return await describeRoute(program.environment?.MODEL_FILE ?? '', server.url);
  } finally {
    await server.stop();
  }
}

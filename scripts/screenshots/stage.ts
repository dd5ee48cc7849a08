/** What the pictures are taken of: the built client before the real API and agent, a model with its figures, and a PostgreSQL with a log. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporaryPostgres } from '@iris/local-postgres';
import { startApiProcess } from '../../test/e2e/support/api-process.ts';
import { runScript } from '../../test/e2e/support/processes.ts';
import { startRoundRobinProxy } from '../../test/e2e/support/round-robin-proxy.ts';
import { startAgent } from '../../test/e2e/web/support/agent-process.ts';
import { startClient } from '../../test/e2e/web/support/client-process.ts';
import { buildClient, isClientBuilt } from '../client/build.ts';
import { rewriteTime, sendRows } from './log-rows.ts';
import { API_KEY, NODE_OPTIONS, playRegistry } from './registry-stage.ts';

/** Of the log of the first clients. */
const ROWS = 96;
const VERSIONS = { rf: '0.1.0', svm: '0.2.0', logreg: '0.3.0' } as const;

export interface Stage {
  /**
   * Clients: before one API; before three instances of one version and one of another; before one that follows a registry, and whose log is of the last day.
   */
  readonly urls: { readonly api: string; readonly canary: string; readonly registry: string };
  close(): Promise<void>;
}

/** Builds, trains, starts and fills. */
export async function openStage(): Promise<Stage> {
  const undo: (() => Promise<unknown>)[] = [];
  function keep<T extends { terminate(): Promise<unknown> }>(program: T): T {
    undo.push(() => program.terminate());
    return program;
  }
  const close = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const directory = await mkdtemp(join(tmpdir(), 'iris-screenshots-'));
    undo.push(() => rm(directory, { recursive: true }));
    if (!isClientBuilt() && (await buildClient(new AbortController().signal)) !== 0)
      throw new Error('the client cannot be built');
    await Promise.all(Object.entries(VERSIONS).map(([model, version]) => train(directory, model, version)));
    const postgres = await startTemporaryPostgres();
    undo.push(() => postgres.stop());
    const startApi = (model: string) =>
      startApiProcess({ MODEL_FILE: join(directory, `${model}.json`), DATABASE_URL: postgres.url, NODE_OPTIONS });
    // One after the other: the first makes the table.
    const apis = [await startApi('rf'), await startApi('svm'), await startApi('logreg')];
    // Of four predictions the first version answers two.
    await sendRows({ from: 0, to: ROWS, apiOf: (row) => apis[Math.max(0, (row % 4) - 1)]! });
    await Promise.all(apis.map((each) => each.terminate()));
    await rewriteTime(postgres.url, ROWS, '7 min 13 s');
    const api = keep(await startApi('rf'));
    const canary = keep(await startApi('svm'));
    const proxy = await startRoundRobinProxy([api.port, api.port, api.port, canary.port]);
    undo.push(() => proxy.close());
    const agent = keep(await startAgent(api.url));
    const client = keep(await startClient({ API_URL: api.url, AGENT_URL: agent.url }));
    const canaryClient = keep(await startClient({ API_URL: proxy.url }));
    const registryPostgres = await startTemporaryPostgres();
    undo.push(() => registryPostgres.stop());
    const registryApi = keep(await playRegistry(directory, registryPostgres.url));
    const registryClient = keep(await startClient({ API_URL: registryApi.url, API_KEY }));
    return { urls: { api: client.url, canary: canaryClient.url, registry: registryClient.url }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function train(directory: string, model: string, version: string): Promise<void> {
  const options = ['--dataset', 'iris', '--model', model, '--version', version, '--out', join(directory, `${model}.json`)];
  const { code, output } = await runScript('train', [...options, '--evaluate', model === 'rf' ? 'full' : 'none']);
  if (code !== 0) throw new Error(`training failed:\n${output}`);
}

/** The parts of the bench that need servers: makes them, measures them, and clears everything away again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporaryPostgres } from '@iris/local-postgres';
import { BenchError } from '../bench-error.ts';
import type { BenchOptions } from '../options.ts';
import { type ColdStart, measureColdStarts } from './cold-start.ts';
import { REQUEST_BODY } from './fixed-route.ts';
import { autocannonLoad, wrkLoad } from './load.ts';
import { apiName, BARE_FASTIFY, NODE_HTTP, preparePrograms } from './programs.ts';
import { measureServers, type ServerFigures } from './rounds.ts';

const STARTED = new Set([NODE_HTTP, BARE_FASTIFY, apiName('rf', false), apiName('rf', true)]);

/** What was asked for. */
export interface HttpResults {
  readonly coldStarts?: readonly ColdStart[];
  readonly servers?: readonly ServerFigures[];
}

/**
 * Measures servers and cold starts, as the options say.
 *
 * @param report takes a line for people after each step.
 * @throws BenchError when PostgreSQL does not start, a server ends or a request fails.
 */
export async function measureHttp({ parts, effort }: BenchOptions, report: (line: string) => void): Promise<HttpResults> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-bench-'));
  const postgres = await startPostgres();
  try {
    report('building and training');
    const programs = await preparePrograms(directory, postgres.url);
    const coldStarts = parts.includes('cold-start')
      ? await measureColdStarts(
          programs.filter(({ name }) => STARTED.has(name)),
          effort.coldStarts,
          report,
        )
      : undefined;
    const wrk = await wrkLoad(REQUEST_BODY, join(directory, 'predict.lua'));
    if (!wrk) report('wrk is not installed: no requests per second, and latency is autocannon’s');
    const loads = { wrk, autocannon: autocannonLoad(REQUEST_BODY) };
    const servers = parts.includes('http') ? await measureServers(programs, loads, effort, report) : undefined;
    return { ...(coldStarts && { coldStarts }), ...(servers && { servers }) };
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function startPostgres() {
  try {
    return await startTemporaryPostgres();
  } catch (error) {
    throw new BenchError(`PostgreSQL, for the figures with the log, does not start: ${(error as Error).message}`);
  }
}

/** The web client's figures: the built client before the real API, both on this machine. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientProcess, startClient } from '../../../test/e2e/web/support/client-process.ts';
import { buildClient, isClientBuilt } from '../../client/build.ts';
import { BenchError } from '../bench-error.ts';
import { bundleApi, train } from '../http/programs.ts';
import { startServer } from '../http/server-process.ts';
import { median } from '../statistics.ts';
import { firstLoadKb } from './first-load.ts';

/** Loads of the predict page; the first of them, which compile it, tell nothing about its time. */
const LOADS = 1000;
const WARM_UP = 50;

/** What was measured of the predict page. */
export interface WebFigures {
  /** Script that a browser fetches, gzipped. */
  readonly firstLoadKb: number;
  /** Resident memory of the client's server after 1,000 loads; undefined where the system does not tell. */
  readonly residentMiB: number | undefined;
  /** Time of a load from the request to the last byte; median. */
  readonly pageMs: number;
}

/**
 * Measures the client, building it if its sources have changed.
 *
 * @throws BenchError when it cannot be built, or answers with anything but a page.
 */
export async function measureWeb(report: (line: string) => void): Promise<WebFigures> {
  if (!isClientBuilt()) {
    report('building the web client');
    if ((await buildClient(new AbortController().signal)) !== 0) throw new BenchError('the web client cannot be built');
  }
  const directory = await mkdtemp(join(tmpdir(), 'iris-bench-web-'));
  try {
    const [file, MODEL_FILE] = [join(directory, 'server.js'), join(directory, 'rf.json')];
    await Promise.all([bundleApi(file), train('rf', MODEL_FILE)]);
    const api = await startServer({ name: 'API', file, environment: { MODEL_FILE } });
    try {
      return await measureClient(api.url, report);
    } finally {
      await api.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureClient(apiUrl: string, report: (line: string) => void): Promise<WebFigures> {
  const client = await startClient({ API_URL: apiUrl });
  try {
    const times = await loadPages(client, report);
    return {
      firstLoadKb: await firstLoadKb(`${client.url}/`),
      residentMiB: await readResidentMemory(client.pid),
      pageMs: median(times.slice(WARM_UP)),
    };
  } finally {
    await client.terminate();
  }
}

/** One after the other, over one connection. */
async function loadPages({ url }: ClientProcess, report: (line: string) => void): Promise<number[]> {
  const times: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    if (load % 100 === 0) report(`web client: page ${load} of ${LOADS}`);
    const startedAt = performance.now();
    const answer = await fetch(`${url}/`);
    const page = await answer.text();
    times.push(performance.now() - startedAt);
    if (!answer.ok || !page.endsWith('</html>'))
      throw new BenchError(`the web client answered ${answer.status} instead of a page`);
  }
  return times;
}

async function readResidentMemory(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

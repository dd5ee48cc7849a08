/** The MCP server beside FastMCP: both call the same API. Speed, memory, and what streams leave behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../bundle.ts';
import { freePort } from '../../free-port.ts';
import { preparePython } from '../../python-environment.ts';
import { REQUEST_BODY } from '../http/fixed-route.ts';
import { autocannonLoad } from '../http/load.ts';
import { bundleApi, train } from '../http/programs.ts';
import { type ServerProcess, startServer } from '../http/server-process.ts';
import type { Effort } from '../options.ts';
import { median, medianRatio } from '../statistics.ts';
import { measureHeapGrowth } from './streams.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** As its image and `npm start` run it. */
const FLAGS = ['--max-old-space-size=64', '--max-semi-space-size=4'];
const ROUNDS = 5;
/** A call of the tool as a client without a session sends it. */
const CALL = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'predict', arguments: JSON.parse(REQUEST_BODY) },
});
const ACCEPT = { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' };

/** What was measured; what needs Python is undefined without it. */
export interface McpFigures {
  readonly callsPerSecond: number;
  readonly fastMcpCallsPerSecond: number | undefined;
  /** Median of the ratios of each round. */
  readonly ratio: number | undefined;
  /** Under that load, since the start of the process. */
  readonly peakMemoryMiB: number | undefined;
  readonly heapGrowthMb: number;
}

/** Measures both servers in alternating rounds. */
export async function measureMcp(effort: Effort, report: (line: string) => void): Promise<McpFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-bench-mcp-'));
  const running: ServerProcess[] = [];
  const start = async (program: Parameters<typeof startServer>[0]) => {
    const server = await startServer(program);
    running.push(server);
    return server;
  };
  try {
    report('mcp: building and training');
    const path = (name: string) => join(directory, name);
    await Promise.all([
      train('rf', path('rf.json')),
      bundleApi(path('api.js')),
      bundle(join(ROOT, 'apps/mcp-server/src/main.ts'), path('mcp.js'), {}),
    ]);
    const api = await start({ name: 'API', file: path('api.js'), environment: { MODEL_FILE: path('rf.json') } });
    const environment = { API_URL: api.url, RATE_LIMIT: '0' };
    const heapReport = pathToFileURL(join(import.meta.dirname, 'report-heap.ts')).href;
    const ours = await start({ name: 'MCP server', file: path('mcp.js'), flags: FLAGS, environment });
    const fastMcp = await startFastMcp(api.url, start, report);
    const rounds = await alternate([ours, ...(fastMcp ? [fastMcp] : [])], effort, report);
    const peakMemoryMiB = await ours.peakMemoryMiB();
    report('mcp: 10,000 streams');
    const watched = await start({
      name: 'MCP server, streams',
      file: path('mcp.js'),
      flags: [...FLAGS, '--expose-gc', '--import', heapReport],
      environment,
    });
    await untilAnswers(watched.url);
    const [own = [], theirs] = rounds;
    return {
      callsPerSecond: median(own),
      fastMcpCallsPerSecond: theirs && median(theirs),
      ratio: theirs && medianRatio(own, theirs),
      peakMemoryMiB,
      heapGrowthMb: await measureHeapGrowth(watched),
    };
  } finally {
    for (const server of running.reverse()) await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Calls per second of each server, one figure for each round. */
async function alternate(
  servers: readonly ServerProcess[],
  { seconds, warmUpSeconds }: Effort,
  report: (line: string) => void,
): Promise<number[][]> {
  const load = autocannonLoad(CALL, ACCEPT);
  for (const { url } of servers) {
    await untilAnswers(url);
    await load(`${url}/mcp`, warmUpSeconds);
  }
  const figures = servers.map((): number[] => []);
  for (let round = 1; round <= ROUNDS; round++) {
    report(`mcp: round ${round} of ${ROUNDS}`);
    for (const [index, { url }] of servers.entries()) figures[index]!.push((await load(`${url}/mcp`, 2 * seconds)).perSecond);
  }
  return figures;
}

async function startFastMcp(
  apiUrl: string,
  start: typeof startServer,
  report: (line: string) => void,
): Promise<ServerProcess | undefined> {
  let python: string;
  try {
    report('mcp: preparing FastMCP');
    python = preparePython('mcp-requirements.txt');
  } catch (error) {
    report(
      `mcp: without FastMCP, because there is no Python 3 with venv, or no package index: ${(error as Error).message.split('\n')[0]}`,
    );
    return undefined;
  }
  const file = join(import.meta.dirname, 'fastmcp_server.py');
  return start({ name: 'FastMCP', interpreter: python, file, args: [apiUrl, String(await freePort())] });
}

/** Until a call succeeds: a server may listen before it knows the model, or say so before it listens. */
async function untilAnswers(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', ...ACCEPT };
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`${url}/mcp`, { method: 'POST', headers, body: CALL }).then(
      (response) => response.text(),
      () => '',
    );
    if (answer.includes('setosa')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

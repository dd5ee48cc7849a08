/** Requests per second, latency, CPU and memory: all servers stay up, and the load goes round from one to the next. */

import type { Effort } from '../options.ts';
import { median, medianRatio } from '../statistics.ts';
import type { Load } from './load.ts';
import { BARE_FASTIFY } from './programs.ts';
import { type Program, type ServerProcess, startServer } from './server-process.ts';

/** Figures of one server; medians of the rounds. Those that this system does not tell, or no tool measured, are undefined. */
export interface ServerFigures {
  readonly name: string;
  /** By wrk, so that the server is the bottleneck. */
  readonly perSecond: number | undefined;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Under autocannon. */
  readonly cpuUs: number | undefined;
  /** Since the start of the process. */
  readonly peakMemoryMiB: number | undefined;
  /** Predictions that the log gave up; undefined without a log. */
  readonly droppedRows: number | undefined;
  /** Median of the ratios to bare Fastify in the same round. */
  readonly ratio: {
    readonly perSecond: number | undefined;
    readonly p99: number;
    readonly cpu: number | undefined;
  };
}

/** One per kind of load; wrk may not be installed. */
export interface Loads {
  readonly wrk: Load | undefined;
  readonly autocannon: Load;
}

interface Round {
  readonly perSecond: number | undefined;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number | undefined;
}

/**
 * Measures the programs, bare Fastify among them.
 *
 * @param report takes a line for people after each step.
 * @throws BenchError when a server ends or a request fails.
 */
export async function measureServers(
  programs: readonly Program[],
  loads: Loads,
  effort: Effort,
  report: (line: string) => void,
): Promise<ServerFigures[]> {
  const servers: ServerProcess[] = [];
  try {
    for (const program of programs) servers.push(await startServer(program));
    for (const server of servers) {
      report(`warming up: ${server.name}`);
      await (loads.wrk ?? loads.autocannon)(`${server.url}/predict`, effort.warmUpSeconds);
    }
    const rounds = servers.map((): Round[] => []);
    for (let round = 1; round <= effort.rounds; round++) {
      for (const [index, server] of servers.entries()) {
        report(`round ${round} of ${effort.rounds}: ${server.name}`);
        rounds[index]!.push(await measureRound(server, loads, effort.seconds));
      }
    }
    const base = rounds[programs.findIndex(({ name }) => name === BARE_FASTIFY)]!;
    return await Promise.all(servers.map((server, index) => summarize(server, rounds[index]!, base)));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function measureRound(server: ServerProcess, { wrk, autocannon }: Loads, seconds: number): Promise<Round> {
  const url = `${server.url}/predict`;
  const saturated = await wrk?.(url, seconds);
  const before = await server.cpuMicroseconds();
  const { requests, p50Us, p99Us } = await autocannon(url, seconds);
  const after = await server.cpuMicroseconds();
  server.assertAlive();
  return {
    perSecond: saturated?.perSecond,
    p50Us: saturated?.p50Us ?? p50Us,
    p99Us: saturated?.p99Us ?? p99Us,
    cpuUs: after === undefined || before === undefined ? undefined : (after - before) / requests,
  };
}

async function summarize(server: ServerProcess, rounds: readonly Round[], base: readonly Round[]): Promise<ServerFigures> {
  const values = <K extends keyof Round>(key: K, of = rounds) =>
    of.map((round) => round[key]).filter((value) => value !== undefined);
  const middle = (key: keyof Round) => (values(key).length > 0 ? median(values(key)) : undefined);
  const ratio = (key: keyof Round) => (values(key).length > 0 ? medianRatio(values(key), values(key, base)) : undefined);
  return {
    name: server.name,
    perSecond: middle('perSecond'),
    p50Us: middle('p50Us')!,
    p99Us: middle('p99Us')!,
    cpuUs: middle('cpuUs'),
    peakMemoryMiB: await server.peakMemoryMiB(),
    droppedRows: await readDroppedRows(server),
    ratio: { perSecond: ratio('perSecond'), p99: ratio('p99Us')!, cpu: ratio('cpuUs') },
  };
}

async function readDroppedRows({ url }: ServerProcess): Promise<number | undefined> {
  const exposition = await (await fetch(`${url}/metrics`)).text();
  const rows = /^prediction_log_dropped_total (\d+)$/m.exec(exposition)?.[1];
  return rows === undefined ? undefined : Number(rows);
}

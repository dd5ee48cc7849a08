/** What this API is asked to reach beside bare Fastify, and the web client in a browser and a pod; and whether they do. */
import type { ColdStart } from './http/cold-start.ts';
import { apiName, SHARED_SERVER } from './http/programs.ts';
import type { ServerFigures } from './http/rounds.ts';
import type { LogSizeFigures } from './log-size/measure.ts';
import type { McpFigures } from './mcp/measure.ts';
import type { WebFigures } from './web/measure.ts';

/** One demand and what was measured. */
export interface Bar {
  readonly what: string;
  readonly bound: string;
  readonly actual: number;
  readonly met: boolean;
}

/** Judges the forest's figures; what could not be measured here is left out. */
export function judgeServers(servers: readonly ServerFigures[]): Bar[] {
  const plain = servers.find(({ name }) => name === apiName('rf', false))!;
  const logging = servers.find(({ name }) => name === apiName('rf', true))!;
  const shared = servers.find(({ name }) => name === SHARED_SERVER);
  const loggingCpu = logging.cpuUs !== undefined && plain.cpuUs !== undefined ? logging.cpuUs / plain.cpuUs : undefined;
  return [
    atLeast('requests/s ÷ bare Fastify, wrk', 0.95, plain.ratio.perSecond),
    atLeast('bare Fastify’s CPU per request ÷ ours, autocannon', 0.95, plain.ratio.cpu && 1 / plain.ratio.cpu),
    atMost('CPU per request of bare Fastify, behind our HTTP server ÷ its own', 1.03, shared?.ratio.cpu),
    atMost('CPU per request, logging on ÷ off', 1.1, loggingCpu),
    atMost('p99 ÷ bare Fastify', 1.3, plain.ratio.p99),
    atMost('peak memory with logging, MiB', 110, logging.peakMemoryMiB),
    atMost('predictions dropped by the log', 0, logging.droppedRows),
  ].filter((bar) => bar !== undefined);
}

/** Judges the forest's cold start. */
export function judgeColdStarts(starts: readonly ColdStart[]): Bar[] {
  const ratio = (logged: boolean) => starts.find(({ name }) => name === apiName('rf', logged))?.ratio;
  return [
    atMost('cold start ÷ bare Fastify', 1.4, ratio(false)),
    atMost('cold start with logging ÷ bare Fastify', 1.4, ratio(true)),
  ].filter((bar) => bar !== undefined);
}

/** Judges the web client. */
export function judgeWeb({ firstLoadKb, residentMiB, pageMs }: WebFigures): Bar[] {
  return [
    atMost('first-load JavaScript of the predict page, kB gzipped', 200, firstLoadKb),
    atMost('resident memory after 1,000 page loads, MiB', 200, residentMiB),
    atMost('a page from the server, median, ms', 50, pageMs),
  ].filter((bar) => bar !== undefined);
}

/** Judges the MCP server; what could not be measured here is left out. */
export function judgeMcp({ ratio, peakMemoryMiB, heapGrowthMb }: McpFigures): Bar[] {
  return [
    atLeast('calls/s ÷ FastMCP', 2.5, ratio),
    atMost('peak memory under that load, MiB', 160, peakMemoryMiB),
    atMost('heap after 10,000 streams opened and closed, MB more', 10, heapGrowthMb),
  ].filter((bar) => bar !== undefined);
}

/** Judges a large prediction log. */
export function judgeLogSize({ pages, statistics, driftSeconds }: LogSizeFigures): Bar[] {
  const slowest = (timings: LogSizeFigures['pages']) => Math.max(...timings.map(({ medianMs }) => medianMs));
  return [
    atMost('the slowest page, median, ms', 50, slowest(pages)),
    atMost('the slowest statistics, median, ms', 1000, slowest(statistics)),
    atMost('drift over a million rows, s', 5, driftSeconds),
  ].filter((bar) => bar !== undefined);
}

/** A demand that a figure is not below. */
export function atLeast(what: string, bound: number, actual: number | undefined): Bar | undefined {
  return actual === undefined ? undefined : { what, bound: `≥ ${bound}`, actual, met: actual >= bound };
}

/** A demand that a figure is not above. */
export function atMost(what: string, bound: number, actual: number | undefined): Bar | undefined {
  return actual === undefined ? undefined : { what, bound: `≤ ${bound}`, actual, met: actual <= bound };
}

/** The results as Markdown tables, for the terminal and the README. */
import { type Bar, judgeLogSize, judgeMcp, judgeWeb } from './bars.ts';
import type { ColdStart } from './http/cold-start.ts';
import { CONNECTIONS } from './http/load.ts';
import type { ServerFigures } from './http/rounds.ts';
import { NODE_FLAGS } from './http/server-process.ts';
import { formatInference, type InferenceResult } from './inference.ts';
import type { LearningFigures } from './learning/measure.ts';
import { formatPair, judgeLearning, LEARNING_NOTE, PAIRS } from './learning/report.ts';
import type { LogSizeFigures } from './log-size/measure.ts';
import type { Machine } from './machine.ts';
import type { McpFigures } from './mcp/measure.ts';
import { show, table } from './table.ts';
import type { WebFigures } from './web/measure.ts';

/** Everything that was measured; a part that was not asked for is absent. */
export interface Results {
  readonly machine: Machine;
  readonly servers?: readonly ServerFigures[];
  readonly coldStarts?: readonly ColdStart[];
  readonly bars: readonly Bar[];
  readonly inference?: readonly InferenceResult[];
  readonly web?: WebFigures;
  readonly mcp?: McpFigures;
  readonly logSize?: LogSizeFigures;
  readonly learning?: LearningFigures;
}

/** Formats all tables. */
export function formatResults({ machine, servers, coldStarts, bars, inference, web, mcp, logSize, learning }: Results): string {
  const parts = [formatMachine(machine)];
  if (servers) parts.push(SERVERS_NOTE, formatServers(servers));
  if (coldStarts) parts.push('From the spawn of `node` to the first 200 from `POST /predict`:', formatColdStarts(coldStarts));
  if (bars.length > 0) parts.push('What this API is asked to reach, with the forest:', formatBars(bars));
  if (inference) parts.push('Inference alone:', formatInference(inference));
  if (web) parts.push('The web client, the API on the same machine:', formatBars(judgeWeb(web)));
  if (mcp) parts.push(mcpNote(mcp), formatBars(judgeMcp(mcp)));
  if (logSize) parts.push(logSizeNote(logSize), formatTimings(logSize), formatBars(judgeLogSize(logSize)));
  if (learning)
    parts.push(LEARNING_NOTE, ...PAIRS.map((pair) => formatPair(learning, pair)), formatBars(judgeLearning(learning)));
  return `${parts.join('\n\n')}\n`;
}

const SERVERS_NOTE =
  `\`POST /predict\`, ${CONNECTIONS} connections, load generator and server on the same machine, every server one bundled file on \`node ${NODE_FLAGS.join(' ')}\`; ` +
  'medians of alternating rounds, ratios to bare Fastify in the same round. The API renews connections, checks, counts and times ' +
  'every request; the bare servers give a fixed answer. Requests/s and latency by wrk, CPU of the server per request under autocannon.';

function mcpNote({ callsPerSecond, fastMcpCallsPerSecond }: McpFigures): string {
  const fastMcp =
    fastMcpCallsPerSecond === undefined
      ? 'FastMCP was not measured: it needs Python 3'
      : `FastMCP ${show(fastMcpCallsPerSecond, 0)}`;
  return (
    `The MCP server, \`predict\` over \`/mcp\` (revision 2025-11-25), ${CONNECTIONS} clients, the API on the same machine, calls/s, medians of alternating rounds: ` +
    `${show(callsPerSecond, 0)}; ${fastMcp}.`
  );
}

function logSizeNote({ rows, bytesPerRow, feedbackMs, retainedPerSecond }: LogSizeFigures): string {
  return (
    `A prediction log of ${show(rows, 0)} rows, ${show(bytesPerRow, 0)} bytes each with the indexes. Feedback takes ${show(feedbackMs, 1)} ms; retention deletes ` +
    `${show(retainedPerSecond, 0)} rows/s, its pauses included.`
  );
}

function formatTimings({ pages, statistics }: LogSizeFigures): string {
  const rows = [
    ...pages.map((timing) => ({ ...timing, what: `page, ${timing.what}` })),
    ...statistics.map((timing) => ({ ...timing, what: `statistics of ${timing.what}` })),
  ];
  return table(
    ['', 'median, ms', 'most, ms'],
    rows.map(({ what, medianMs, maxMs }) => [what, show(medianMs, 1), show(maxMs, 1)]),
  );
}

function formatMachine({ cpu, cores, memoryGiB, platform, node, date, loadBefore }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}, ${date}; load before: ${loadBefore}.`;
}

function formatServers(servers: readonly ServerFigures[]): string {
  return table(
    ['', 'requests/s', 'ratio', 'p50, ms', 'p99, ms', 'ratio', 'CPU µs/request', 'ratio', 'peak memory, MiB'],
    servers.map(({ name, perSecond, ratio, p50Us, p99Us, cpuUs, peakMemoryMiB }) => [
      name,
      show(perSecond, 0),
      show(ratio.perSecond, 2),
      show(p50Us / 1000, 2),
      show(p99Us / 1000, 2),
      show(ratio.p99, 2),
      show(cpuUs, 1),
      show(ratio.cpu, 2),
      show(peakMemoryMiB, 0),
    ]),
  );
}

function formatColdStarts(starts: readonly ColdStart[]): string {
  return table(
    ['', 'ms', 'ratio'],
    starts.map(({ name, ms, ratio }) => [name, show(ms, 0), show(ratio, 2)]),
  );
}

function formatBars(bars: readonly Bar[]): string {
  return table(
    ['', 'bar', 'measured', ''],
    bars.map(({ what, bound, actual, met }) => [what, bound, show(actual, actual >= 10 ? 0 : 2), met ? 'met' : '**missed**']),
  );
}

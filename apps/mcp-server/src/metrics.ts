/** What is counted, in Prometheus' terms. Label values come from fixed sets, never from a caller. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Begins to time a call of a tool; what it gives is to be called with `ok` or with the code of the error. */
export type ObserveCall = (tool: string) => (outcome: string) => void;

/** The process's metrics. */
export interface Metrics {
  readonly registry: Registry;
  readonly observeCall: ObserveCall;
  /** Counts a message that was handed to the replica which owns its session. */
  countForwarded(outcome: 'answered' | 'unreachable'): void;
  /** Counts a request that was refused before it reached a tool, and a stream that gave way to another client's. */
  countRefused(reason: 'token' | 'host' | 'origin' | 'rate' | 'malformed' | 'stream'): void;
  /** Shows a number of open streams from now on. */
  watchStreams(count: () => number): void;
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Outcomes beyond these are counted as `other`: codes come from the API. */
const MAX_OUTCOMES = 50;

/** Makes the metrics. `collectProcess` adds those of the process: memory, CPU, event loop. */
export function createMetrics(clock: () => number, { collectProcess = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (collectProcess) collectDefaultMetrics({ register: registry });
  const calls = new Counter({ name: 'mcp_tool_calls_total', help: 'Calls of tools', labelNames: ['tool', 'outcome'], registers });
  const seconds = new Histogram({
    name: 'mcp_tool_call_duration_seconds',
    help: 'Time that calls of tools took',
    labelNames: ['tool'],
    buckets: BUCKETS_S,
    registers,
  });
  const forwarded = new Counter({
    name: 'mcp_messages_forwarded_total',
    help: 'Messages handed to the replica that owns their session',
    labelNames: ['outcome'],
    registers,
  });
  const refused = new Counter({
    name: 'mcp_requests_refused_total',
    help: 'Requests refused before they reached a tool',
    labelNames: ['reason'],
    registers,
  });
  const outcomes = new Set<string>();
  return {
    registry,
    observeCall(tool) {
      const begun = clock();
      return (outcome) => {
        if (outcomes.size < MAX_OUTCOMES) outcomes.add(outcome);
        calls.inc({ tool, outcome: outcomes.has(outcome) ? outcome : 'other' });
        seconds.observe({ tool }, (clock() - begun) / 1000);
      };
    },
    countForwarded: (outcome) => forwarded.inc({ outcome }),
    countRefused: (reason) => refused.inc({ reason }),
    watchStreams(count) {
      new Gauge({
        name: 'mcp_open_streams',
        help: 'Open streams of /sse',
        registers,
        collect() {
          this.set(count());
        },
      });
    },
  };
}

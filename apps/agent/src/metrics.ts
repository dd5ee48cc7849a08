/** What is counted, in Prometheus' terms. Label values come from fixed sets: outcomes, and tools that the server listed. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { TurnEvent } from './turn/run-turn.ts';

/** Figures that are read when they are asked for. */
export interface Watched {
  readonly turnsInFlight: () => number;
  readonly isConnected: () => boolean;
  readonly connectionsOpened: () => number;
}

/** The process's metrics. */
export interface Metrics {
  readonly registry: Registry;
  observe(event: TurnEvent): void;
}

/** Makes the metrics. `collectProcess` adds those of the process: memory, CPU, event loop. */
export function createMetrics(watched: Watched, { collectProcess = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (collectProcess) collectDefaultMetrics({ register: registry });
  const turns = new Counter({ name: 'agent_turns_total', help: 'Turns ended, by outcome', labelNames: ['outcome'], registers });
  const calls = new Counter({ name: 'agent_tool_calls_total', help: 'Tool calls', labelNames: ['tool'], registers });
  const withheld = new Counter({
    name: 'agent_withheld_claims_total',
    help: 'Sentences held back: no tool call bore them out',
    registers,
  });
  const approvals = new Counter({
    name: 'agent_approvals_total',
    help: 'Calls that the user was asked to approve, and the answers',
    labelNames: ['answer'],
    registers,
  });
  const failures = new Counter({
    name: 'agent_model_failures_total',
    help: 'Turns in which the language model failed',
    registers,
  });
  watch('agent_turns_in_flight', 'Turns being answered', watched.turnsInFlight, registers);
  watch('agent_mcp_connected', '1 while the MCP server is connected', () => Number(watched.isConnected()), registers);
  watch(
    'agent_mcp_connections_opened',
    'Connections to the MCP server opened since the start',
    watched.connectionsOpened,
    registers,
  );
  return {
    registry,
    observe(event) {
      if (event.kind === 'ended') turns.inc({ outcome: event.outcome });
      else if (event.kind === 'tool call') calls.inc({ tool: event.tool });
      else if (event.kind === 'withheld claim') withheld.inc();
      else if (event.kind === 'approval') approvals.inc({ answer: event.answer });
      else failures.inc();
    },
  };
}

function watch(name: string, help: string, read: () => number, registers: Registry[]): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}

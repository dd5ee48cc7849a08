/** What an app is made of: everything it needs is passed in, so that tests can pass something else. */
import type { Telemetry } from '@iris/telemetry';
import type { FastifyBaseLogger } from 'fastify';
import type { AgentConfig } from './config.ts';
import type { Metrics } from './metrics.ts';
import type { TurnDependencies } from './turn/run-turn.ts';
import type { Turns } from './turns.ts';

/** State of the process. */
export interface Lifecycle {
  draining: boolean;
}

export interface AppDependencies extends TurnDependencies {
  readonly config: AgentConfig;
  readonly turns: Turns;
  readonly metrics: Metrics;
  readonly telemetry: Telemetry;
  readonly lifecycle: Lifecycle;
  readonly logger: FastifyBaseLogger;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** What an app is made of: everything it needs is passed in, so that tests can pass something else. */
import type { PredictionStore, PredictionWriter } from '@iris/prediction-log';
import type { Telemetry } from '@iris/telemetry';
import type { FastifyBaseLogger } from 'fastify';
import type { ApiConfig } from './config.ts';
import type { Explanations } from './features/explain/explanations.ts';
import type { Metrics } from './metrics.ts';
import type { ModelSource } from './models/model-source.ts';

/** The prediction log: one side writes without waiting, the other is read. */
export interface PredictionLog {
  readonly writer: PredictionWriter;
  readonly store: PredictionStore;
}

/** State of the process that outlives an app. */
export interface Lifecycle {
  draining: boolean;
}

export interface AppDependencies {
  readonly config: ApiConfig;
  readonly models: ModelSource;
  /** Opens the prediction log for a target, once; undefined when none is configured. */
  readonly openLog: (target: string) => Promise<PredictionLog | undefined>;
  readonly metrics: Metrics;
  readonly telemetry: Telemetry;
  /** Explains predictions, for all apps of the process. */
  readonly explanations: Explanations;
  readonly lifecycle: Lifecycle;
  readonly logger: FastifyBaseLogger;
  /** Name of this pod or host. */
  readonly instance: string;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
}

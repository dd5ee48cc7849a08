/** Makes apps for unit tests: a small real model on the real iris schema, the memory store, a fixed clock, counted ids. */
import type { ModelDocument } from '@iris/model-file';
import { irisDocument as soundDocument } from '@iris/model-file/test-documents';
import { createPredictionWriter } from '@iris/prediction-log';
import { createMemoryStore } from '@iris/prediction-log/memory';
import { systemClock } from '@iris/prediction-log/system-clock';
import { NO_TELEMETRY } from '@iris/telemetry';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import type { AppDependencies, PredictionLog } from './dependencies.ts';
import { createExplanations } from './features/explain/explanations.ts';
import { createMetrics } from './metrics.ts';
import type { ModelProblem, ModelSource } from './models/model-source.ts';
import { createServedModel, type ServedModel } from './models/served-model.ts';

/** The moment at which every test takes place. */
export const NOW = new Date('2026-01-02T03:04:05.678Z');
export const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
export const VIRGINICA = { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 };

/** The iris document of all tests, not measured, with members exchanged. */
export function irisDocument(change: Partial<ModelDocument> = {}): ModelDocument {
  return {
    ...soundDocument(),
    metrics: { method: 'none', folds: 0, accuracy: null, logLoss: null, brier: null, confusionMatrix: [] },
    training: { sampleCount: 150, seed: 0, engine: 'by hand', options: {} },
    checksum: `sha256:${'0'.repeat(64)}`,
    ...change,
  };
}

/** What a test may choose; the rest has a default. */
export interface TestAppOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly document?: ModelDocument;
  /** False: no model has been loaded. */
  readonly loaded?: boolean;
  readonly problem?: ModelProblem;
  readonly withLog?: boolean;
  readonly logger?: Logger;
  readonly now?: () => Date;
}

/** An app and what it was made of. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly dependencies: AppDependencies;
  readonly log: PredictionLog | undefined;
  /** Puts another model of the same schema into service. */
  exchange(document: ModelDocument): void;
}

/** Builds an app that is ready for `inject`. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { environment = {}, document = irisDocument(), loaded = true, problem, withLog = true } = options;
  const { logger = pino({ level: 'silent' }), now = () => NOW } = options;
  const config = readConfig({ MODEL_FILE: 'unused', MAX_EVENT_LOOP_DELAY_MS: '60000', ...environment });
  const slot = { model: createServedModel(document, config.MODEL_NAME) };
  const log = withLog ? createMemoryLog() : undefined;
  const metrics = createMetrics();
  if (log) metrics.watchLog(log.writer);
  let ids = 0;
  const dependencies: AppDependencies = {
    config,
    models: fixedSource(loaded ? () => slot.model : () => undefined, problem),
    metrics,
    telemetry: NO_TELEMETRY,
    explanations: createExplanations(),
    lifecycle: { draining: false },
    logger,
    instance: 'test-host',
    now,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    openLog: async () => log,
  };
  const app = await buildApp(dependencies, loaded ? { served: () => slot.model, log } : undefined);
  return {
    app,
    dependencies,
    log,
    exchange: (next) => {
      slot.model = createServedModel(next, config.MODEL_NAME);
    },
  };
}

function createMemoryLog(): PredictionLog {
  const store = createMemoryStore();
  return { store, writer: createPredictionWriter({ store, clock: systemClock, random: () => 0.5 }) };
}

function fixedSource(current: () => ServedModel | undefined, problem: ModelProblem | undefined): ModelSource {
  return {
    current,
    currentName: () => (current() ? 'model.json' : undefined),
    problem: () => problem,
    onChange: () => undefined,
    close: () => undefined,
  };
}

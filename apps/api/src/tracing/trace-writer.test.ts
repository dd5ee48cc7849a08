import { createPredictionWriter, PredictionLogError } from '@iris/prediction-log';
import { createMemoryStore } from '@iris/prediction-log/memory';
import { systemClock } from '@iris/prediction-log/system-clock';
import { NO_TELEMETRY, openTelemetry } from '@iris/telemetry';
import { startTestCollector } from '@iris/telemetry/test-collector';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { createLogReporter } from '../log-reporter.ts';
import { rememberRowSpans } from './row-spans.ts';
import { traceWriter } from './trace-writer.ts';

const PREDICTION = {
  recordId: '00000000-0000-4000-8000-000000000001',
  requestId: 'r-1',
  createdAt: new Date('2026-01-02T03:04:05Z'),
  source: { model: 'rf', version: '1', instance: 'host', featureNames: ['a'], classes: ['x'] },
  classIndex: 0,
  features: [1],
  probabilities: [1],
};

it('what the log says of its database is not about the request whose row met it', async () => {
  const collector = await startTestCollector();
  const lines: string[] = [];
  let telemetry = NO_TELEMETRY;
  const logger = pino({ mixin: () => telemetry.logFields() }, { write: (line) => void lines.push(line) });
  const config = readConfig({ MODEL_FILE: 'unused', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  telemetry = await openTelemetry(config, { service: 'iris-api', instance: 'host', logger });
  const memory = createMemoryStore();
  let failures = 1;
  const store: typeof memory = {
    ...memory,
    async append(batch) {
      if (failures-- > 0) throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'no connection');
      await memory.append(batch);
    },
  };
  const { onEvent } = createLogReporter(logger, systemClock);
  const rows = rememberRowSpans();
  const writer = traceWriter(
    createPredictionWriter({ store, clock: systemClock, random: Math.random, onEvent }),
    telemetry,
    rows,
  );

  await telemetry.trace('POST /predict', {}, async () => {
    logger.info('asked');
    writer.record(PREDICTION);
  });

  const about = (text: string) => lines.find((line) => line.includes(text));
  await expect.poll(() => about('prediction_log_back')).toBeDefined();
  expect(about('asked')).toContain('trace_id');
  expect(about('prediction_log_away')).not.toContain('trace_id');
  expect(about('prediction_log_back')).not.toContain('trace_id');
  await writer.close(1000);
  await telemetry.shutDown(0);
  await collector.stop();
});

/** What is counted, in Prometheus' terms. Label values come from fixed sets: routes, methods, classes; never from a caller. */
import type { PredictionWriter } from '@iris/prediction-log';
import type { Telemetry } from '@iris/telemetry';
import { Counter, Gauge, Registry } from 'prom-client';
import { registerAccuracyGauges } from './features/drift/accuracy-gauges.ts';
import { registerDriftGauges } from './features/drift/gauges.ts';
import type { DriftMeasurement } from './features/drift/measure.ts';
import { createLatencyHistogram, type ObserveRequest } from './features/metrics/latency-histogram.ts';
import type { ServedModel } from './models/served-model.ts';
import { collectProcessMetrics } from './process-metrics.ts';

/** The process's metrics; they outlive an exchange of model or app. */
export interface Metrics {
  readonly registry: Registry;
  /** Gives the function that counts the finished requests of a route. */
  requestObserver(route: string): ObserveRequest;
  /** Shows the log's figures from now on. */
  watchLog(writer: PredictionWriter): void;
  /** Shows what became of spans from now on. */
  watchTelemetry(telemetry: Telemetry): void;
  /** Shows what the function gives, asked at each scrape, in place of the one before. */
  watchDrift(read: () => DriftMeasurement | undefined): void;
  /** Shows which model the function gives, asked at each scrape. */
  watchModel(read: () => ServedModel | undefined): void;
  /** Gives the function that counts a prediction of that class by that version. */
  predictionCounter(label: string, version: string): () => void;
}

/** Makes the metrics. `collectProcess` adds those of the process: memory, CPU, event loop. */
export function createMetrics({ collectProcess = false } = {}): Metrics {
  const registry = new Registry();
  if (collectProcess) collectProcessMetrics(registry);
  const latencies = createLatencyHistogram();
  registry.registerMetric(latencies.metric);
  let readDrift: () => DriftMeasurement | undefined = () => undefined;
  registerDriftGauges(registry, () => readDrift()?.report);
  registerAccuracyGauges(registry, () => readDrift());
  return {
    registry,
    requestObserver: latencies.observer,
    watchLog: (writer) => registerLogMetrics(writer, registry),
    watchTelemetry: (telemetry) => registerTelemetryMetrics(telemetry, registry),
    watchDrift(read) {
      readDrift = read;
    },
    watchModel: (read) => registerModelInfo(read, registry),
    predictionCounter: registerPredictionCounter(registry),
  };
}

/** Predictions are counted in plain numbers, which the counter takes over when it is read. */
function registerPredictionCounter(registry: Registry): Metrics['predictionCounter'] {
  const tallies: { readonly class: string; readonly version: string; uncollected: number }[] = [];
  new Counter({
    name: 'predictions_total',
    help: 'Predictions answered',
    labelNames: ['class', 'version'],
    registers: [registry],
    collect() {
      for (const tally of tallies) {
        this.inc({ class: tally.class, version: tally.version }, tally.uncollected);
        tally.uncollected = 0;
      }
    },
  });
  return function predictionCounter(label, version) {
    const known = tallies.find((other) => other.class === label && other.version === version);
    const tally = known ?? { class: label, version, uncollected: 0 };
    if (!known) tallies.push(tally);
    return () => {
      tally.uncollected += 1;
    };
  };
}

function registerLogMetrics(writer: PredictionWriter, registry: Registry): void {
  const figures = [
    ['prediction_log_queued', 'Predictions waiting in memory', () => writer.stats().queued],
    ['prediction_log_spooled', 'Predictions waiting in the spool', () => writer.stats().spooled],
    ['prediction_log_written_total', 'Predictions kept by the log', () => writer.stats().written],
    ['prediction_log_dropped_total', 'Predictions lost because memory and spool were full', () => writer.stats().dropped],
    [
      'prediction_log_handed_over_total',
      'Predictions printed at shutdown because nothing else would take them',
      () => writer.stats().handedOver,
    ],
    ['prediction_log_set_aside_total', 'Predictions that the log can never keep, written aside', () => writer.stats().setAside],
    ['prediction_log_away', '1 while the log takes no predictions', () => Number(writer.stats().away)],
    ['prediction_log_away_total', 'Times that the log went away', () => writer.stats().timesAway],
    ['prediction_log_back_total', 'Times that the log came back', () => writer.stats().timesBack],
    [
      'prediction_log_spool_failing',
      '1 while the spool takes or gives no predictions',
      () => Number(writer.stats().spoolFailing),
    ],
  ] as const;
  registerFigures(figures, registry);
}

function registerModelInfo(read: () => ServedModel | undefined, registry: Registry): void {
  new Gauge({
    name: 'model_info',
    help: '1 for the model in service',
    labelNames: ['model', 'version', 'dataset'],
    registers: [registry],
    collect() {
      this.reset();
      const served = read();
      if (served) this.set({ model: served.name, version: served.version, dataset: served.schema.name }, 1);
    },
  });
}

function registerTelemetryMetrics({ stats }: Telemetry, registry: Registry): void {
  registerFigures(
    [
      ['traces_exported_total', 'Spans taken by the collector', () => stats().exported],
      ['traces_lost_total', 'Spans lost because the collector did not take them', () => stats().lost],
      ['traces_away', '1 while the collector takes no spans', () => Number(stats().away)],
    ],
    registry,
  );
}

type Figure = readonly [name: string, help: string, read: () => number];

function registerFigures(figures: readonly Figure[], registry: Registry): void {
  const registers = [registry];
  for (const [name, help, read] of figures) {
    if (name.endsWith('_total')) new Counter({ name, help, registers, collect: collectTotal(read) });
    else new Gauge({ name, help, registers, collect: collectValue(read) });
  }
}

function collectTotal(read: () => number) {
  return function collect(this: Counter): void {
    this.reset();
    this.inc(read());
  };
}

function collectValue(read: () => number) {
  return function collect(this: Gauge): void {
    this.set(read());
  };
}

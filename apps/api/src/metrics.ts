/** What is counted, in Prometheus' terms. Label values come from fixed sets: routes, methods, classes; never from a caller. */
import type { PredictionWriter } from '@iris/prediction-log';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The process's metrics; they outlive an exchange of model or app. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts a finished request. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  /** Shows the log's figures from now on. */
  watchLog(writer: PredictionWriter): void;
  /** Gives the function that counts a prediction of that class by that version. */
  predictionCounter(label: string, version: string): () => void;
}

/** Makes the metrics. `collectProcess` adds those of the process: memory, CPU, event loop, garbage collection. */
export function createMetrics({ collectProcess = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (collectProcess) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request’s head to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: LATENCY_BUCKETS_S,
    registers,
  });
  const predictions = new Counter({
    name: 'predictions_total',
    help: 'Predictions answered',
    labelNames: ['class', 'version'],
    registers,
  });
  return {
    registry,
    observeRequest: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    watchLog: (writer) => registerLogMetrics(writer, registry),
    predictionCounter: (label, version) => {
      const counter = predictions.labels(label, version);
      return () => counter.inc();
    },
  };
}

function registerLogMetrics(writer: PredictionWriter, registry: Registry): void {
  const figures = [
    ['prediction_log_queued', 'Predictions waiting in memory', () => writer.stats().queued],
    ['prediction_log_spooled', 'Predictions waiting in the spool file', () => writer.stats().spooled],
    ['prediction_log_written_total', 'Predictions kept by the log', () => writer.stats().written],
    ['prediction_log_dropped_total', 'Predictions lost because memory and spool were full', () => writer.stats().dropped],
    [
      'prediction_log_handed_over_total',
      'Predictions printed at shutdown because nothing else would take them',
      () => writer.stats().handedOver,
    ],
    ['prediction_log_refused_total', 'Predictions that the log can never keep', () => writer.stats().refused],
  ] as const;
  for (const [name, help, read] of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
}

/** What stands between spans that end and the collector: a bounded queue that loses rather than waits, and says so once. */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { TelemetryOwner } from './open-telemetry.ts';
import type { TelemetryStats } from './telemetry.ts';

/** Spans that wait, those being sent included: some 4 MiB. */
const MAX_QUEUED = 2048;

interface QueueOptions {
  /** Longest time that spans wait for others. */
  readonly delayMs: number;
  readonly logger: TelemetryOwner['logger'];
}

/** The queue as the SDK sees it, and its account. */
export interface SpanQueue {
  readonly processor: SpanProcessor;
  stats(): TelemetryStats;
}

/** Makes the queue. Every sampled span that ends is exported, counted as lost, or queued. */
export function createSpanQueue(exporter: SpanExporter, { delayMs, logger }: QueueOptions): SpanQueue {
  let queued = 0;
  let exported = 0;
  let lost = 0;
  let away = false;
  let isShut = false;

  function settle(spans: number, error: Error | undefined): void {
    queued -= spans;
    if (error) lost += spans;
    else exported += spans;
    if (error && !away) logger.warn({ event: 'traces_away' }, `the collector takes no traces: ${error.message}`);
    if (!error && away) logger.info({ event: 'traces_back', lost }, 'the collector takes traces again');
    away = error !== undefined;
  }

  const counting: SpanExporter = {
    export(spans, done) {
      function finish(result: ExportResult): void {
        const failed = result.code !== ExportResultCode.SUCCESS;
        settle(spans.length, failed ? (result.error ?? new Error('it gives no reason')) : undefined);
        done(result);
      }
      try {
        exporter.export(spans, finish);
      } catch (error) {
        finish({ code: ExportResultCode.FAILED, error: error as Error });
      }
    },
    shutdown: () => exporter.shutdown(),
  };
  const batches = new BatchSpanProcessor({ exporter: counting, scheduledDelayMillis: delayMs, maxQueueSize: MAX_QUEUED });
  return {
    processor: {
      onStart: () => undefined,
      onEnd(span) {
        if ((span.spanContext().traceFlags & 1) === 0) return;
        if (isShut || queued >= MAX_QUEUED) {
          lost++;
          return;
        }
        queued++;
        batches.onEnd(span);
      },
      forceFlush: () => batches.forceFlush(),
      shutdown() {
        isShut = true;
        return batches.shutdown();
      },
    },
    stats: () => ({ exported, lost, away }),
  };
}

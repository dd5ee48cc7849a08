/**
 * Notes for each row that is recorded in which request it was, so that the batch can name it. The writer itself works outside of that
 * request's span: the timers that it arms live on after it, and what they log, hours later, is not about it.
 */
import type { PredictionWriter } from '@iris/prediction-log';
import type { Telemetry } from '@iris/telemetry';
import type { RowSpans } from './row-spans.ts';

/** Wraps a writer. */
export function traceWriter(writer: PredictionWriter, telemetry: Telemetry, rows: RowSpans): PredictionWriter {
  return {
    record(prediction) {
      const span = telemetry.active();
      if (span?.isRecording()) rows.remember(prediction.recordId, span.spanContext());
      telemetry.within(undefined, () => writer.record(prediction));
    },
    flush: () => writer.flush(),
    stats: () => writer.stats(),
    close: (deadlineMs) => writer.close(deadlineMs),
  };
}

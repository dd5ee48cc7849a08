/** Says in a request's span which model answered it. What was asked and answered stays out: it may be about a person. */
import type { Span, Telemetry } from '@iris/telemetry';
import type { Predictor } from '../features/predict/predictor.ts';
import type { Served } from '../models/served-model.ts';

/** Wraps a predictor; without tracing it is the same one. */
export function tracePredictor(predictor: Predictor, telemetry: Telemetry, served: Served): Predictor {
  if (!telemetry.isOn) return predictor;
  // Of ten thousand rows of a batch the first is enough.
  let marked: Span | undefined;
  return function answer(sample, options) {
    const span = telemetry.active();
    if (span && span !== marked && span.isRecording()) markSpan(span, served());
    marked = span;
    return predictor(sample, options);
  };
}

function markSpan(span: Span, { name, version, schema }: ReturnType<Served>): void {
  span.setAttributes({ 'iris.model.name': name, 'iris.model.version': version, 'iris.dataset.name': schema.name });
}

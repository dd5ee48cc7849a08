/**
 * W3C Trace Context (https://www.w3.org/TR/trace-context/) in and out. Baggage is neither read nor sent on: nothing here uses it, and what a
 * caller writes there would travel with every request.
 */
import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Carrier } from './telemetry.ts';

/** A `traceparent` of version 00 has 55 characters; later versions may have more. */
const MAX_TRACEPARENT = 128;
/** What the specification asks everybody to pass on; a longer one would be held, as it came, by each span that waits. */
const MAX_TRACESTATE = 512;

const propagator = new W3CTraceContextPropagator();

/** @returns the caller's span; undefined where it names none, or nothing sound. */
export function extract({ traceparent, tracestate }: Carrier): SpanContext | undefined {
  if (typeof traceparent !== 'string' || traceparent.length > MAX_TRACEPARENT) return undefined;
  const state = typeof tracestate === 'string' && tracestate.length <= MAX_TRACESTATE ? { tracestate } : {};
  return trace.getSpanContext(propagator.extract(ROOT_CONTEXT, { traceparent, ...state }, defaultTextMapGetter));
}

/** @returns the header fields that name the span. */
export function inject(span: SpanContext | undefined): Record<string, string> {
  const carrier: Record<string, string> = {};
  if (span) propagator.inject(trace.setSpanContext(ROOT_CONTEXT, span), carrier, defaultTextMapSetter);
  return carrier;
}

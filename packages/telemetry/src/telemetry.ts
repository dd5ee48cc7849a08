/** What the programs know of tracing. Without a collector it is `NO_TELEMETRY`, which does nothing and loads nothing. */
import type { Attributes, Span, SpanContext } from '@opentelemetry/api';

export type { Attributes, Span, SpanContext } from '@opentelemetry/api';

/** Header fields, or any other record that carries `traceparent` and `tracestate` (W3C Trace Context). */
export type Carrier = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How a span begins. */
export interface StartOptions {
  /** `internal` unless given. */
  readonly kind?: 'server' | 'client' | 'internal';
  /** What is known at the start; samplers and viewers see it. */
  readonly attributes?: Attributes;
  /** Continues the trace of a caller instead of that of the active span; one without a sound `traceparent` begins a trace. */
  readonly from?: Carrier;
  /** Other spans that this one is about. One that was sampled makes this one sampled. */
  readonly links?: readonly SpanContext[];
  /** With links, instead of the active span: the span that it belongs to, or null for a trace of its own. */
  readonly parent?: SpanContext | null;
}

/** What became of the spans so far. */
export interface TelemetryStats {
  /** Taken by the collector. */
  readonly exported: number;
  /** Lost: the collector did not take them, or the queue was full. */
  readonly lost: number;
  /** Whether the collector did not take the last ones. */
  readonly away: boolean;
}

/** Tracing, for the life of a process. No call throws, waits for the collector or holds more than a bounded queue. */
export interface Telemetry {
  /** Whether there are spans at all: what would cost something without them asks first. */
  readonly isOn: boolean;
  /** Starts a span that the caller ends; a child of the active one unless the options say otherwise. */
  startSpan(name: string, options?: StartOptions): Span | undefined;
  /** Runs the work, and all that it awaits or arms, with the span as the active one; undefined: with none. */
  within<T>(span: Span | undefined, work: () => T): T;
  /**
   * Runs the work within a span that ends with it. An error becomes its `error.type`: the code, else the name; never the message, which
   * may hold what somebody sent.
   */
  trace<T>(name: string, options: StartOptions, work: (span: Span | undefined) => Promise<T>): Promise<T>;
  /** The span that the running work belongs to. */
  active(): Span | undefined;
  /** `traceparent` and `tracestate` of the active span, to be sent on. */
  propagation(): Record<string, string>;
  /** `trace_id` and `span_id` of the active span if it is sampled, for lines of the log. */
  logFields(): Record<string, string>;
  stats(): TelemetryStats;
  /** Sends what is queued, for as long at most (a second unless given), and lets go. */
  shutDown(limitMs?: number): Promise<void>;
}

/** No tracing. */
export const NO_TELEMETRY: Telemetry = {
  isOn: false,
  startSpan: () => undefined,
  within: (_span, work) => work(),
  trace: (_name, _options, work) => work(undefined),
  active: () => undefined,
  propagation: () => ({}),
  logFields: () => ({}),
  stats: () => ({ exported: 0, lost: 0, away: false }),
  shutDown: async () => undefined,
};

/** Marks a span as failed. @param type a code or a class's name: a word of few values. */
export function failSpan(span: Span | undefined, type: string): void {
  // 2 is SpanStatusCode.ERROR, whose module would be loaded for this number.
  span?.setAttribute('error.type', type).setStatus({ code: 2 });
}
